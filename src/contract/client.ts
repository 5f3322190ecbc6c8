import type { Wire } from './desktop'
import { BackendFault, type Fault } from './fault'
import { decodeFrame, encodeFrame } from './frame'
import type { Answer, Ask, Backend, MethodName, NoticeName, Notices } from './methods'

export type Request = { id: number; method: string; ask: unknown }
export type Reply =
  | { id: number; ok: true; answer: unknown }
  | { id: number; ok: false; fault: Fault }
  | { notice: NoticeName; payload: unknown }

type Waiting = { resolve: (answer: never) => void; reject: (fault: BackendFault) => void }

/** The backend at the other end of a wire. When the wire closes, every open call rejects as `disconnected`, and every later one. */
export function clientOver(wire: Wire): Backend {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<NoticeName, Set<(payload: never) => void>>()
  let lastId = 0
  let isClosed = false

  wire.onFrame((frame) => {
    const reply = decodeFrame(frame) as Reply
    if ('notice' in reply) {
      for (const listener of listeners.get(reply.notice) ?? []) listener(reply.payload as never)
      return
    }
    const call = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.ok) call?.resolve(reply.answer as never)
    else call?.reject(new BackendFault(reply.fault))
  })
  wire.onClose(() => {
    isClosed = true
    for (const call of waiting.values()) call.reject(disconnected())
    waiting.clear()
  })

  return {
    call<M extends MethodName>(method: M, ask: Ask<M>) {
      return new Promise<Answer<M>>((resolve, reject) => {
        if (isClosed) throw disconnected()
        const id = ++lastId
        const frame = encodeFrame({ id, method, ask } satisfies Request)
        waiting.set(id, { resolve, reject })
        wire.send(frame)
      })
    },
    on<N extends NoticeName>(notice: N, listener: (payload: Notices[N]) => void) {
      const set = listeners.get(notice) ?? new Set()
      listeners.set(notice, set)
      set.add(listener)
      return () => set.delete(listener)
    },
  }
}

function disconnected(): BackendFault {
  return new BackendFault({ code: 'disconnected', message: 'The connection to the backend was lost.' })
}
