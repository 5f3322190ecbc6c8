import type { Reply, Request } from './client'
import type { Wire } from './desktop'
import { BackendFault } from './fault'
import { decodeFrame, encodeFrame } from './frame'
import type { Backend, MethodName, NoticeName } from './methods'

const NOTICES: NoticeName[] = ['store.changed', 'import.progressed', 'sync.progressed', 'recording.indexed', 'detection.progressed']

/** Serves a backend at this end of a wire. Returns its own undo. Anything that is no fault is logged here and crosses as `internal`. */
export function serveOver(wire: Wire, backend: Backend, logError: (error: unknown) => void): () => void {
  const send = (reply: Reply) => wire.send(encodeFrame(reply))
  const undo = NOTICES.map((notice) => backend.on(notice, (payload) => send({ notice, payload })))
  undo.push(wire.onFrame((frame) => void answer(frame)))

  async function answer(frame: Uint8Array): Promise<void> {
    let id = 0
    try {
      const request = decodeFrame(frame) as Request
      id = request.id
      // The backend itself refuses unknown methods and unfit asks.
      const reply = await backend.call(request.method as MethodName, request.ask as never)
      send({ id, ok: true, answer: reply })
    } catch (error) {
      refuse(id, error)
    }
  }

  function refuse(id: number, error: unknown): void {
    try {
      send({ id, ok: false, fault: toFault(error, logError) })
    } catch (lost) {
      // Nobody is there to be told; a rejection that nobody handles would end the process.
      logError(lost)
    }
  }

  return () => {
    for (const stop of undo) stop()
  }
}

function toFault(error: unknown, logError: (error: unknown) => void) {
  if (error instanceof BackendFault) return error.toFault()
  logError(error)
  return { code: 'internal' as const, message: 'Something went wrong inside Recount. The log has the details.' }
}
