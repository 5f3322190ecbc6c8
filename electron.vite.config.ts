import { resolve } from 'node:path'
import { lezer } from '@lezer/generator/rollup'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

/** An absolute path, because the development server looks from the page's folder and the build from here. */
const page = resolve(import.meta.dirname, 'src/renderer/index.html')

const grammar = () => lezer() as Plugin

export default defineConfig({
  main: {
    plugins: [grammar()],
    build: {
      // Everything is bundled, so that `out/` runs without node_modules; and on plain Node too, which is older than
      // Electron's.
      externalizeDeps: false,
      target: 'node20.19',
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          serve: 'src/serve/main.ts',
          cli: 'src/cli/index.ts',
          backend: 'src/node/backend-worker.ts',
          'import-reader': 'src/backend/sync/import/import-reader.ts',
          'recording-reader': 'src/backend/recording/recording-reader.ts',
          'body-reader': 'src/backend/sync/server/body-reader.ts',
          'sample-server': 'src/node/sample-server.ts',
        },
        // Chunks stand beside the entries: `builtParts` finds the other parts from whichever file it ends up in.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload cannot be a module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    html: { cspNonce: '__CSP_NONCE__' },
    plugins: [grammar(), react()],
    build: {
      target: 'chrome152',
      minify: true,
      // Small fonts would become data: addresses, which the policy refuses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: page } },
    },
  },
})
