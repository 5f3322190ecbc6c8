import { expect, test as base, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HostName, type Running, openHost } from './hosts'
import { type Sample, serveSample } from './sample-server'
import type { Watch } from './watch'

export type HostOptions = { host: HostName }

/** Recount running on one of its hosts, with a workspace of its own. */
export type App = Pick<Running, 'page' | 'pid' | 'url' | 'electron' | 'chooseFiles' | 'save'> & {
  /** Folder of this spec alone, outside the workspace; gone at the end. */
  folder: string
  workspace: string
  watch: Watch
  /** Ends the host and starts it again on the same workspace; `between` runs while there is none. */
  restart(between?: () => void): Promise<void>
  /** Another host on the same workspace, closed with this one. */
  openSecond(): Promise<Page>
}

type Fixtures = HostOptions & {
  size: { width: number; height: number }
  theme: 'dark' | 'light'
  /** The computer's zone. */
  zone: string
  app: App
  /** Starts a sample server with these words of its command line; it ends with the spec. */
  sample: (words?: string[]) => Promise<Sample>
}

export const test = base.extend<Fixtures>({
  host: ['browser', { option: true }],
  size: [{ width: 1440, height: 900 }, { option: true }],
  theme: ['dark', { option: true }],
  zone: ['Europe/Berlin', { option: true }],
  app: async ({ host, size, theme, zone }, hand, info) => {
    const folder = mkdtempSync(join(tmpdir(), 'recount-e2e-'))
    const workspace = join(folder, 'workspace')
    const watch: Watch = { problems: [], said: [] }
    const start = async (name: string) => {
      const running = await openHost(host, { workspace, folder: join(folder, name), zone, watch })
      running.page.setDefaultTimeout(10_000)
      await running.page.setViewportSize(size)
      await running.page.emulateMedia({ colorScheme: theme })
      return running
    }
    let running = await start('first')
    const others: Running[] = []
    await hand({
      get page() {
        return running.page
      },
      get pid() {
        return running.pid
      },
      get url() {
        return running.url
      },
      get electron() {
        return running.electron
      },
      folder,
      workspace,
      watch,
      chooseFiles: (paths, open) => running.chooseFiles(paths, open),
      save: (begin) => running.save(begin),
      restart: async (between) => {
        await running.close()
        between?.()
        running = await start('first')
      },
      openSecond: async () => {
        const other = await start(`other-${others.length}`)
        others.push(other)
        return other.page
      },
    })
    for (const one of [running, ...others]) await one.close()
    if (info.errors.length > 0) await info.attach('what the hosts said', { body: watch.said.join('\n') })
    rmSync(folder, { recursive: true, force: true })
    // No console error, no breach of the content policy, no request or connection that leaves the machine.
    expect(watch.problems).toEqual([])
  },
  sample: async ({ app, zone }, hand) => {
    const running: Sample[] = []
    await hand(async (words = []) => {
      const sample = await serveSample(words, { zone, watch: app.watch })
      running.push(sample)
      return sample
    })
    for (const sample of running) await sample.end()
  },
})

export { expect } from '@playwright/test'
