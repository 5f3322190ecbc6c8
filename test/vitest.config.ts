import { lezer } from '@lezer/generator/rollup'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vitest/config'
import { assetPaths } from './asset-paths'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [assetPaths(), lezer() as Plugin],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    testTimeout: 30_000,
  },
})
