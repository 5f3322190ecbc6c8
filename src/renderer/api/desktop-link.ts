import { type Desktop, clientOver } from '../../contract'
import { type Link, LinkBoard } from './link'
import { openWire } from './open-wire'

/** The backend behind the desktop host. When its process ends the host starts another, and this goes over to it. */
export function openDesktopLink(host: Desktop): Link {
  const board = new LinkBoard()
  let wire = openWire((frame) => host.send(frame))
  board.set({ phase: 'open', backend: clientOver(wire) })
  const undo = [
    host.onFrame((frame) => wire.deliver(frame)),
    host.onBackendGone(() => {
      wire.end()
      wire = openWire((frame) => host.send(frame))
      board.set({ phase: 'open', backend: clientOver(wire) })
    }),
  ]
  return {
    get: board.get,
    subscribe: board.subscribe,
    retry: () => undefined,
    close() {
      for (const stop of undo) stop()
      wire.end()
    },
  }
}
