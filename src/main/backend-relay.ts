import type { WebContents } from 'electron'
import type { BackendKeeper, OpenWire } from '../node'
import type { PageMessages } from './page-messages'

type Visit = { session: string; contents: WebContents; wire: OpenWire }

/**
 * Carries frames between the page and the backend and never looks into one. Each load of the page names a session of
 * its own: the first frame of a new one ends the wire of the one before, and no late answer of that one can reach it.
 */
export function relayFrames(messages: PageMessages, keeper: BackendKeeper): void {
  const visits = new Map<WebContents, Visit>()

  messages.on('backend:frame', (event, [session, frame]) => {
    if (typeof session !== 'string' || !(frame instanceof Uint8Array)) return
    visitOf(event.sender, session).wire.send(frame)
  })

  function visitOf(contents: WebContents, session: string): Visit {
    const before = visits.get(contents)
    if (before?.session === session) return before
    if (before) before.wire.close()
    else contents.once('destroyed', () => leave(contents))
    const visit: Visit = { session, contents, wire: keeper.connect() }
    visits.set(contents, visit)
    listen(visit)
    return visit
  }

  function listen(visit: Visit): void {
    const { contents, session } = visit
    const tell = (channel: string, ...args: unknown[]) => {
      if (visits.get(contents) === visit && !contents.isDestroyed()) contents.send(channel, session, ...args)
    }
    visit.wire.onFrame((frame) => tell('backend:frame', frame))
    visit.wire.onClose(() => {
      // The page may ask again as soon as it hears of it, so the way must stand by then.
      visit.wire = keeper.connect()
      listen(visit)
      tell('backend:gone')
    })
  }

  function leave(contents: WebContents): void {
    visits.get(contents)?.wire.close()
    visits.delete(contents)
  }
}
