import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lezer } from '@lezer/generator/rollup'
import { build } from 'vite'

// `npm run bench`: installs what the bench alone needs, bundles the backend as the product does, measures, prints ratios.

const root = join(import.meta.dirname, '..')
const bench = join(root, 'test', 'bench')
const built = join(bench, 'node_modules', '.built')

/** What sql.js expects; electron-vite adds the same to the product. */
const COMMON_JS = `import { createRequire as makeRequire } from 'node:module'
const require = makeRequire(import.meta.url)
const __filename = import.meta.filename
const __dirname = import.meta.dirname`

installPackages()
await bundle()
process.env.RECOUNT_BUILT = pathToFileURL(join(built, 'recount.js')).href
await import(pathToFileURL(join(bench, 'run.mjs')).href)

function installPackages() {
  const needed = Object.keys(JSON.parse(readFileSync(join(bench, 'package.json'), 'utf8')).dependencies)
  if (needed.every((name) => existsSync(join(bench, 'node_modules', name)))) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = ['--no-audit', '--no-fund']
  execFileSync(npm, ['ci', ...options], { cwd: bench, stdio: 'inherit', shell: process.platform === 'win32' })
}

function bundle() {
  return build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [assetPaths(), lezer()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: built,
      emptyOutDir: true,
      target: 'node20.19',
      rolldownOptions: {
        input: {
          recount: join(bench, 'recount.mjs'),
          'import-reader': join(root, 'src/backend/sync/import/import-reader.ts'),
          'recording-reader': join(root, 'src/backend/recording/recording-reader.ts'),
          'body-reader': join(root, 'src/backend/sync/server/body-reader.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', banner: COMMON_JS },
      },
    },
  })
}

/** electron-vite's `?asset` imports give a path on disk; so does this. */
function assetPaths() {
  const mark = '\0asset:'
  const require = createRequire(import.meta.url)
  return {
    name: 'asset-paths',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('?asset') ? mark + require.resolve(id.slice(0, -'?asset'.length)) : null),
    load: (id) => (id.startsWith(mark) ? `export default ${JSON.stringify(id.slice(mark.length))}` : null),
  }
}
