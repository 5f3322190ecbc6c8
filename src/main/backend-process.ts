import { utilityProcess } from 'electron'
import type { BackendPort, FromBackend } from '../node'

/** Runs a backend in a process of its own. To be called after ready. */
export function backendProcess(program: string, workspace: string): BackendPort {
  const child = utilityProcess.fork(program, [workspace], { serviceName: 'Recount backend' })
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromBackend) => listener(message)),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}
