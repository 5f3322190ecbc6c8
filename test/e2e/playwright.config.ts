import { defineConfig } from '@playwright/test'
import type { HostOptions } from './app'

export default defineConfig<HostOptions>({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A spec starts a host, a backend and a browser of its own, and mostly waits for them.
  workers: 2,
  reporter: 'list',
  forbidOnly: process.env['CI'] !== undefined,
  // Once more where a press or a drop from outside got lost on its way into a busy browser; told as flaky, with a trace.
  retries: 1,
  use: { trace: 'on-first-retry' },
  projects: [
    { name: 'browser', use: { host: 'browser' } },
    // How the page looks is the same in both, and is looked at in the browser where there is one.
    { name: 'desktop', use: { host: 'desktop' }, ...(process.env['RECOUNT_CHROMIUM'] && { grepInvert: /@looks/ }) },
  ],
})
