import { CannotPrint } from '../backend'
import type { HostPort } from './backend-messages'
import type { PrintFile } from './print-pdf'

type Waiting = { resolve: () => void; reject: (error: Error) => void }

/** The backend's end: the host has a browser of its own and prints with that. */
export function hostPrint(port: HostPort): PrintFile {
  const waiting = new Map<number, Waiting>()
  let last = 0
  port.onMessage((message) => {
    if (message.kind !== 'printed') return
    const one = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.problem === null) one?.resolve()
    else one?.reject(new CannotPrint('failed', message.problem))
  })
  return (html, pdf) =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, { resolve, reject })
      port.send({ kind: 'print', id, html, pdf })
    })
}
