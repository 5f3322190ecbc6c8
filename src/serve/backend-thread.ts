import { Worker } from 'node:worker_threads'
import type { BackendPort, FromBackend, LineSink } from '../node'

/** Runs a backend in a thread of this process. */
export function backendThread(program: string, workspace: string, log: LineSink): BackendPort {
  const worker = new Worker(program, { workerData: { workspace } })
  // Without a listener an error would end the whole host; the thread's end follows in any case.
  worker.on('error', (error) => log(`the backend's thread failed: ${error.stack ?? error.message}`))
  return {
    send: (message) =>
      worker.postMessage(message, message.kind === 'frame' ? [message.frame.buffer as ArrayBuffer] : []),
    onMessage: (listener) => void worker.on('message', (message: FromBackend) => listener(message)),
    onExit: (listener) => void worker.once('exit', listener),
    kill: () => void worker.terminate(),
  }
}
