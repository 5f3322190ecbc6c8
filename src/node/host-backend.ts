import type { Ports, RunningBackend } from '../backend'
import { type Backend, BackendFault, serveOver } from '../contract'
import type { FromBackend, HostPort, ToBackend } from './backend-messages'
import { WireEnd } from './open-wire'

export type HostedBackend = {
  port: HostPort
  start: () => Promise<RunningBackend>
  log: Ports['log']
  /** Called when the host has asked for the end and the backend is closed. */
  ended: () => void
}

type Served = { end: WireEnd; stop(): void }

/**
 * Starts a backend and serves it to every page its host opens a wire for. Calls made while it starts wait for it; when
 * it cannot start they are answered with the fault, and a page that comes after makes it try again.
 */
export function hostBackend({ port, start, log, ended }: HostedBackend): void {
  const served = new Map<string, Served>()
  let failed = false
  /** Whether a page was there to learn how the last start went. */
  let told = false
  let ending = false
  let starting = tryToStart()

  port.onMessage((message) => take(message))
  port.send({ kind: 'hello' })

  function tryToStart(): Promise<RunningBackend> {
    failed = false
    told = false
    const attempt = start().catch((error: unknown) => {
      throw startFault(error, log)
    })
    attempt.then(
      () => port.send({ kind: 'started' }),
      (fault: BackendFault) => {
        failed = true
        port.send({ kind: 'failed', fault: fault.toFault() })
      },
    )
    return attempt
  }

  function take(message: ToBackend): void {
    if (message.kind === 'open') open(message.wire)
    else if (message.kind === 'frame') served.get(message.wire)?.end.deliver(message.frame)
    else if (message.kind === 'close') close(message.wire)
    else if (message.kind === 'end') void end()
  }

  function open(wire: string): void {
    if (ending) return
    if (failed && told) starting = tryToStart()
    told = true
    const end = new WireEnd()
    const send = (frame: Uint8Array) => {
      if (end.isOpen) port.send({ kind: 'frame', wire, frame } satisfies FromBackend)
    }
    const stop = serveOver({ send, onFrame: end.onFrame, onClose: end.onClose }, onceStarted(starting), (error) =>
      log.error('a call failed', error),
    )
    served.set(wire, { end, stop })
  }

  function close(wire: string): void {
    const one = served.get(wire)
    served.delete(wire)
    one?.stop()
    one?.end.lose()
  }

  async function end(): Promise<void> {
    if (ending) return
    ending = true
    for (const wire of served.keys()) close(wire)
    const backend = await starting.catch(() => null)
    await backend?.close().catch((error: unknown) => log.error('the backend did not close cleanly', error))
    ended()
  }
}

/** A backend that may still be starting; its calls wait, or reject with the fault that kept it from starting. */
export function onceStarted(starting: Promise<Backend>): Backend {
  return {
    call: async (method, ask) => (await starting).call(method, ask),
    on(notice, listener) {
      let wanted = true
      let undo = () => {
        wanted = false
      }
      starting.then(
        (backend) => {
          if (wanted) undo = backend.on(notice, listener)
        },
        () => {},
      )
      return () => undo()
    },
  }
}

function startFault(error: unknown, log: Ports['log']): BackendFault {
  if (error instanceof BackendFault) {
    log.error(`the workspace could not be opened: ${error.code}: ${error.message}`)
    return error
  }
  log.error('the backend could not start', error)
  return new BackendFault({ code: 'internal', message: 'Recount could not start. The log has the details.' })
}
