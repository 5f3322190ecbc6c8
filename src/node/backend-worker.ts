import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { startBackend } from '../backend'
import type { HostPort, ToBackend } from './backend-messages'
import { hostBackend } from './host-backend'
import { hostPrint } from './host-print'
import { hostSecrets } from './host-secrets'
import { nodePorts } from './ports'
import { pdfPort } from './print-pdf'

// The one entry behind both hosts: a worker thread under plain Node, a utility process under Electron.

/** As Electron gives it to a utility process; declared here because this file also runs where there is no Electron. */
type UtilityPort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

function run(): void {
  const port = isMainThread ? utilityPort() : threadPort()
  // Under Electron the host is a browser itself.
  const pdf = isMainThread ? { pdf: pdfPort(hostPrint(port)) } : {}
  const ports = nodePorts(undefined, { secrets: hostSecrets(port), ...pdf })
  // Electron does not end a utility process for a lost rejection, and after one nothing that follows can be relied on.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      ports.log.error('the backend ends because of an unexpected error', error)
      process.exit(70)
    })
  }
  hostBackend({
    port,
    start: () => startBackend({ workspace: workspace(), ports }),
    log: ports.log,
    ended: () => void ports.close().finally(() => process.exit(0)),
  })
}

function workspace(): string {
  const folder = isMainThread ? process.argv.at(-1) : (workerData as { workspace?: string }).workspace
  if (!folder) throw new Error('the host named no workspace')
  return folder
}

function threadPort(): HostPort {
  const port = parentPort
  if (!port) throw new Error('not a worker thread')
  return {
    send: (message) =>
      // The bytes are made anew for each frame, so they can move instead of being copied.
      port.postMessage(message, message.kind === 'frame' ? [message.frame.buffer as ArrayBuffer] : []),
    onMessage: (listener) => void port.on('message', (message: ToBackend) => listener(message)),
  }
}

function utilityPort(): HostPort {
  const port = (process as unknown as { parentPort?: UtilityPort }).parentPort
  if (!port) throw new Error('this program is started by Recount itself')
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data as ToBackend)),
  }
}

run()
