import { randomUUID } from 'node:crypto'
import { afterEach } from 'vitest'
import { NotebookRoom, type RoomOptions } from '../../../src/backend/notebook'
import type { CellContent } from '../../../src/contract'

export const NOW = Date.UTC(2026, 1, 6, 12)

const open = new Set<NotebookRoom>()
afterEach(() => {
  for (const room of open) room.close()
  open.clear()
})

/** A room over the workspace; its clock goes on by a minute with each thing that is written. */
export function aRoom(workspace: string, options: Partial<RoomOptions> = {}): NotebookRoom {
  let now = NOW
  const room = new NotebookRoom({ workspace, isWriter: true, by: 'ann', now: () => (now += 60_000), onChange: () => {}, ...options })
  open.add(room)
  return room
}

export function reopened(room: NotebookRoom, workspace: string, options: Partial<RoomOptions> = {}): NotebookRoom {
  room.close()
  open.delete(room)
  return aRoom(workspace, options)
}

export function text(words: string): CellContent {
  return { kind: 'text', text: words }
}

export function aNotebook(room: NotebookRoom): string {
  return room.create({ title: 'Incident', range: null, contents: [] })
}

/** Adds a cell at the end and answers its id. */
export function addText(room: NotebookRoom, notebook: string, words: string): string {
  const id = randomUUID()
  const after = room.get(notebook).cells.at(-1)?.id ?? null
  room.apply(notebook, [{ do: 'add', id, content: text(words), after }])
  return id
}

export function texts(room: NotebookRoom, notebook: string): string[] {
  return room.get(notebook).cells.map(({ content }) => ('text' in content ? content.text : content.kind))
}
