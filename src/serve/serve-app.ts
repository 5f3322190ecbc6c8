import { existsSync } from 'node:fs'
import type { Fault } from '../contract'
import { BackendKeeper, type Built, type LineSink, builtParts, memorySecrets, readPageFiles } from '../node'
import { backendThread } from './backend-thread'
import { type Browser, findBrowser } from './find-browser'
import { startHost } from './host'
import { IDLE_LIMITS, type IdleLimits, idleWatch } from './idle'
import { type OpenBrowser, openBrowser } from './open-browser'

export type ServeOptions = {
  /** Folder of the workspace. */
  workspace: string
  /** 0, the default, for any that is free. */
  port?: number
  /** Whether to open a browser; true unless said otherwise. */
  open?: boolean
  /** When to end for want of a page; null to run until ended. */
  idle?: IdleLimits | null
  log?: LineSink
  built?: Built
}

export type ServedApp = {
  /** Address of the page with a token that works once, within a minute. */
  url: string
  /** Another such address. */
  newUrl: () => string
  /** Why no browser was opened; null when one was, or when none was wanted. */
  unopened: string | null
  /** Null once the workspace is open, else why it could not be opened. Never rejects. */
  started: Promise<Fault | null>
  close: () => Promise<void>
  /** Resolves when everything is closed, by whatever cause. */
  closed: Promise<void>
}

type State = {
  keeper?: BackendKeeper
  browser?: OpenBrowser
  closing?: Promise<void>
  pages: number
  windowGone: boolean
}

/** Runs Recount in a browser: the page on loopback, the backend in a thread. Rejects when the port is taken. */
export async function serveApp(options: ServeOptions): Promise<ServedApp> {
  const { workspace, port = 0, open = true, idle = IDLE_LIMITS, built = builtParts() } = options
  const log = options.log ?? ((line) => void process.stderr.write(`${line}\n`))
  const files = readPageFiles(built.page)
  const state: State = { pages: 0, windowGone: false }
  let tellClosed = () => {}
  const closed = new Promise<void>((resolve) => (tellClosed = resolve))
  const watch = idleWatch(idle, () => void close())
  const connect = () => {
    if (!state.keeper) throw new Error('the backend was not launched yet')
    return state.keeper.connect()
  }
  const onPages = (count: number) => {
    state.pages = count
    watch.pages(count)
    if (count === 0) endWithWindow()
  }
  const host = await startHost({ files, connect, port, onPages }).catch((error: unknown) => {
    watch.stop()
    throw error
  })
  const keeper = new BackendKeeper({
    launch: () => backendThread(built.backend, workspace, log),
    log: { error: log },
    secrets: memorySecrets(),
  })
  state.keeper = keeper

  function close(): Promise<void> {
    state.closing ??= closeAll()
    return state.closing
  }
  async function closeAll(): Promise<void> {
    watch.stop()
    await Promise.all([host.close(), keeper.close(), state.browser?.close()])
    tellClosed()
  }

  /** The window is closed: waiting for another page would only keep the workspace locked. */
  function endWithWindow(): void {
    if (state.windowGone && state.pages === 0 && idle) void close()
  }

  const browser = open ? findBrowser({ env: process.env, platform: process.platform, exists: existsSync }) : null
  if (browser && 'program' in browser) state.browser = await openOne(browser)
  async function openOne(one: Browser): Promise<OpenBrowser> {
    const opened = await openBrowser(one, host.newUrl())
    void opened.exited.then((code) => {
      if (state.closing) return
      if (code !== 0) log(`${one.program} ended with ${code ?? 'an error'}; open the address in a browser of your own`)
      state.windowGone = one.app && code === 0
      endWithWindow()
    })
    return opened
  }
  const unopened = browser && 'why' in browser ? browser.why : null
  return { url: host.newUrl(), newUrl: host.newUrl, unopened, started: keeper.started, close, closed }
}
