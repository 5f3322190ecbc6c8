import { accountName, NotebookRoom } from '../backend/notebook'
import type { KeySets } from '../backend/store'
import type { Line } from './command'
import { say } from './io'

/** What people wrote about events, opened only where a query asks for it. */
export function writtenKeys({ io, workspace }: Line): KeySets & { close(): void } {
  let room: NotebookRoom | null = null
  const sets = (): KeySets => {
    if (!room) {
      room = new NotebookRoom({ workspace, isWriter: false, by: accountName(), now: io.now, onChange: () => {} })
      for (const words of room.recovered()) say(io, words)
    }
    return room.keySets()
  }
  return {
    revision: () => sets().revision(),
    citedRevision: () => sets().citedRevision(),
    changedSince: (changes) => sets().changedSince(changes),
    marked: () => sets().marked(),
    cited: () => sets().cited(),
    commented: () => sets().commented(),
    tags: () => sets().tags(),
    close: () => room?.close(),
  }
}
