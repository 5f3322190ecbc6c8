import { lezer } from '@lezer/generator/rollup'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'

/** As electron-vite's `?asset`: the path of a file. */
function assetPaths(): Plugin {
  const require = createRequire(import.meta.url)
  return {
    name: 'asset-paths',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('?asset') ? `\0asset:${id.slice(0, -'?asset'.length)}` : null),
    load: (id) => (id.startsWith('\0asset:') ? `export default ${JSON.stringify(require.resolve(id.slice('\0asset:'.length)))}` : null),
  }
}

/** Builds programs that Node can run into a folder, each as NAME.js. */
export async function buildPrograms(folder: string, input: Record<string, string>): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [assetPaths(), lezer() as Plugin],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      rolldownOptions: {
        input,
        // sql.js asks for its folder, and others for `require`, as a script of the older kind would.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', banner: 'const __dirname = import.meta.dirname' },
      },
    },
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
}
