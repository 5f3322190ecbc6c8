import { lezer } from '@lezer/generator/rollup'
import { availableParallelism } from 'node:os'
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
    // One core less than there are, as is usual, would leave a machine of two with one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
