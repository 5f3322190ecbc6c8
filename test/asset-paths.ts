import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

/** electron-vite's `?asset` imports give a path on disk; so does this, for tests and what they build. */
export function assetPaths(): Plugin {
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
