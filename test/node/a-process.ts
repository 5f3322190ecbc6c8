import type { BackendPort, FromBackend, HostPort, ToBackend } from '../../src/node'
import { hostBackend } from '../../src/node'
import type { FakeBackend } from './a-backend'

export const quiet = { info() {}, error() {} }

/** A backend "process" within this thread: both ends of the way, whose messages arrive in later turns. */
export function aProcess(start: (port: HostPort) => Promise<FakeBackend>) {
  const toHost = new Set<(message: FromBackend) => void>()
  const toBackend = new Set<(message: ToBackend) => void>()
  const exits = new Set<(code: number) => void>()
  let alive = true
  const end = (code: number) => {
    alive = false
    for (const exit of exits) exit(code)
  }
  const later = <T>(listeners: Set<(message: T) => void>, message: T) =>
    queueMicrotask(() => alive && listeners.forEach((listener) => listener(structuredClone(message))))
  const near: BackendPort = {
    send: (message) => later(toBackend, message),
    onMessage: (listener) => void toHost.add(listener),
    onExit: (listener) => void exits.add(listener),
    kill: () => end(1),
  }
  const far: HostPort = {
    send: (message) => later(toHost, message),
    onMessage: (listener) => void toBackend.add(listener),
  }
  hostBackend({ port: far, start: () => start(far), log: quiet, ended: () => end(0) })
  return { near, end }
}
