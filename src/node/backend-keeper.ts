import { randomUUID } from 'node:crypto'
import type { Ports } from '../backend'
import { type Backend, BackendFault, type Fault, serveOver } from '../contract'
import { answerPrint } from './answer-print'
import type { BackendPort, FromBackend, SecretAsk, ToBackend } from './backend-messages'
import { answerSecret } from './host-secrets'
import { type OpenWire, WireEnd, wirePair } from './open-wire'

/** Starts counted against the limit: so many ends within this many milliseconds and it is not started again. */
const MOST_ENDS = 3
const ENDS_WITHIN = 60_000
/** Milliseconds before a backend that ended by itself is started again, by how often it did so lately. */
const PAUSES = [0, 500, 2000]
/** Milliseconds a backend has to close its workspace before it is ended without asking. */
const CLOSE_WITHIN = 10_000

export type KeeperOptions = {
  launch(): BackendPort
  log: { error(message: string): void }
  /** Where the backend's secrets are kept: here, so that one which is started again finds them. */
  secrets: Ports['secrets']
  /** Prints a file of HTML into one of PDF; left out where the backend prints by itself. */
  print?: (html: string, pdf: string) => Promise<void>
  now?: () => number
}

type Running = {
  port: BackendPort
  wires: Map<string, WireEnd>
  /** What waits to be sent; null once the other side listens. */
  outbox: ToBackend[] | null
  /** Runs while a restart waits for its pause. */
  timer: NodeJS.Timeout | null
}

/**
 * Keeps one backend running in a thread or process of its own. When it ends by itself every wire closes, and the next
 * `connect` starts it again; after three ends within a minute, calls are answered with a fault until the minute is
 * over.
 */
export class BackendKeeper {
  private readonly options: KeeperOptions
  private readonly now: () => number
  private readonly ends: number[] = []
  private running: Running | null = null
  private closing: Promise<void> | null = null
  private tell: ((fault: Fault | null) => void) | null = null
  /** Whether the first start worked: null when it did, else why not. Never rejects. */
  readonly started: Promise<Fault | null>

  constructor(options: KeeperOptions) {
    this.options = options
    this.now = options.now ?? Date.now
    this.started = new Promise((resolve) => (this.tell = resolve))
    this.running = this.launch(0)
  }

  /** A way to the backend for one page. */
  connect(): OpenWire {
    if (this.closing) return refusing({ code: 'disconnected', message: 'Recount is closing.' })
    this.running ??= this.restart()
    if (!this.running) return refusing(GIVEN_UP)
    const { running } = this
    const wire = randomUUID()
    const end = new WireEnd()
    running.wires.set(wire, end)
    post(running, { kind: 'open', wire })
    return {
      send: (frame) => end.isOpen && post(running, { kind: 'frame', wire, frame }),
      onFrame: end.onFrame,
      onClose: end.onClose,
      close() {
        if (end.isOpen) post(running, { kind: 'close', wire })
        end.close()
        running.wires.delete(wire)
      },
    }
  }

  /** Lets the backend close its workspace and ends it. */
  close(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  private async end(): Promise<void> {
    const { running } = this
    if (running?.timer) clearTimeout(running.timer)
    if (!running || running.timer) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.options.log.error('the backend did not close in time and was ended')
        running.port.kill()
        resolve()
      }, CLOSE_WITHIN)
      running.port.onExit(() => {
        clearTimeout(timer)
        resolve()
      })
      post(running, { kind: 'end' })
    })
  }

  private restart(): Running | null {
    const lately = this.ends.filter((at) => this.now() - at < ENDS_WITHIN).length
    return lately >= MOST_ENDS ? null : this.launch(PAUSES[lately] ?? 0)
  }

  /** What is sent before the other side has said hello waits; so does all of it when there is a pause first. */
  private launch(pause: number): Running {
    const running: Running = { port: idlePort, wires: new Map(), outbox: [], timer: null }
    const start = () => {
      running.timer = null
      running.port = this.options.launch()
      running.port.onMessage((message) => this.take(running, message))
      running.port.onExit((code) => this.ended(running, code))
    }
    if (pause > 0) running.timer = setTimeout(start, pause)
    else start()
    return running
  }

  private take(running: Running, message: FromBackend): void {
    if (message.kind === 'frame') running.wires.get(message.wire)?.deliver(message.frame)
    else if (message.kind === 'hello') flush(running)
    else if (message.kind === 'secret') void this.tellSecret(running, message)
    else if (message.kind === 'print') void this.print(running, message)
    else this.tell?.(message.kind === 'failed' ? message.fault : null)
  }

  private async tellSecret(running: Running, { id, ask }: { id: number; ask: SecretAsk }): Promise<void> {
    const answer = await answerSecret(this.options.secrets, ask)
    // What ended meanwhile has a successor, which asks for itself.
    if (this.running === running) post(running, { kind: 'secret', id, answer })
  }

  private async print(running: Running, { id, ...files }: { id: number; html: string; pdf: string }): Promise<void> {
    const problem = await answerPrint(this.options.print, files)
    if (this.running === running) post(running, { kind: 'printed', id, problem })
  }

  private ended(running: Running, code: number): void {
    if (this.running === running) this.running = null
    if (!this.closing) {
      this.ends.push(this.now())
      this.options.log.error(`the backend ended by itself with code ${code}`)
      this.tell?.(ENDED)
    }
    const wires = [...running.wires.values()]
    running.wires.clear()
    for (const wire of wires) wire.lose()
  }
}

const ENDED: Fault = { code: 'internal', message: 'The backend ended before it could start. The log has the details.' }

const GIVEN_UP: Fault = {
  code: 'internal',
  message: 'The backend ended three times within a minute. The log has the details; try again in a minute.',
}

function post(running: Running, message: ToBackend): void {
  if (running.outbox) running.outbox.push(message)
  else running.port.send(message)
}

function flush(running: Running): void {
  const waiting = running.outbox ?? []
  running.outbox = null
  for (const message of waiting) running.port.send(message)
}

/** Stands in while a restart waits for its pause. */
const idlePort: BackendPort = { send() {}, onMessage() {}, onExit() {}, kill() {} }

/** A wire on which every call is answered with one fault, so that a page can show it. */
function refusing(fault: Fault): OpenWire {
  const refuse: Backend = { call: () => Promise.reject(new BackendFault(fault)), on: () => () => {} }
  const [near, far] = wirePair()
  serveOver(far, refuse, () => {})
  return near
}
