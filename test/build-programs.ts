import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lezer } from '@lezer/generator/rollup'
import { build, type Plugin } from 'vite'
import { assetPaths } from './asset-paths'

/** Builds programs side by side, NAME.js each, into a folder of their own as the product's build does; paths are below the project. */
export async function buildPrograms(programs: Record<string, string>): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'recount-built-'))
  const project = fileURLToPath(new URL('..', import.meta.url))
  const input = Object.fromEntries(Object.entries(programs).map(([name, path]) => [name, join(project, path)]))
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [assetPaths(), lezer() as Plugin],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20.19',
      rolldownOptions: {
        input,
        // sql.js asks for its folder, and undici for modules of Node, as a script of the older kind would.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', banner: COMMON_JS },
      },
    },
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const COMMON_JS =
  "import { createRequire as __make } from 'node:module';const require = __make(import.meta.url);const __dirname = import.meta.dirname"
