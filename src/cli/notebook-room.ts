import { accountName, NotebookRoom } from '../backend/notebook'
import type { Line } from './command'
import { say } from './io'

/** What people wrote, for reading: it needs nothing of the rest of the workspace. */
export async function withNotebooks<T>({ io, workspace }: Line, act: (room: NotebookRoom) => Promise<T>): Promise<T> {
  const room = new NotebookRoom({ workspace, isWriter: false, by: accountName(), now: io.now, onChange: () => {} })
  try {
    for (const words of room.recovered()) say(io, words)
    return await act(room)
  } finally {
    room.close()
  }
}
