import { lezer } from '@lezer/generator/rollup'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vitest/config'

/** electron-vite's `?asset` imports give a path on disk; so does this, for tests. */
function assetPaths(): Plugin {
  const mark = '\0asset:'
  const require = createRequire(import.meta.url)
  return {
    name: 'asset-paths',
    enforce: 'pre',
    resolveId(id) {
      if (!id.endsWith('?asset')) return null
      // The id must not hold the folder name of packages, or vitest would leave the import to Node.
      const path = require.resolve(id.slice(0, -'?asset'.length))
      return mark + Buffer.from(path).toString('base64url')
    },
    load(id) {
      if (!id.startsWith(mark)) return null
      const path = Buffer.from(id.slice(mark.length), 'base64url').toString()
      return `export default ${JSON.stringify(path)}`
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [assetPaths(), lezer() as Plugin],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    testTimeout: 30_000,
  },
})
