import { createHash } from 'node:crypto'
import type { NotebookRoom } from '../../../src/backend/notebook'
import type { CellContent } from '../../../src/contract'

function text(words: string): CellContent {
  return { kind: 'text', text: words }
}

/** How many acts there are. */
export const ACTS = 40
const CELLS = 4

/** One act of somebody at work: typing, marking, commenting, citing, undoing. The same for the same number. */
export function act(room: NotebookRoom, at: number): void {
  const id = room.list(false)[0]?.id ?? ''
  if (at === 0) return void room.create({ title: 'Incident', range: null, contents: [] })
  if (at <= CELLS) return void room.apply(id, [{ do: 'add', id: `c${at}`, content: text(''), after: null }])
  const cell = `c${(at % CELLS) + 1}`
  switch (at % 8) {
    case 5:
      return room.mark({ events: [[`k${at}`, null]], subjects: [] }, { star: true, add: [`t${at % 3}`] })
    case 6:
      return void room.addComment({ kind: 'event', key: `k${at - 1}` }, `comment ${at}`, null)
    case 7: {
      const evidence = room.files.keep(Buffer.from(`{"key":"k${at}"}\n`))
      const leaf = createHash('sha256').update(evidence).digest('hex')
      const row = { key: `k${at}` }
      return void room.apply(id, [{ do: 'write', cell, content: { kind: 'events', title: `${at}`, citations: [{ key: `k${at}`, leaf, evidence, row, severity: 'info' } as never] } }])
    }
    case 0:
      return void room.undo(id)
    default:
      return void room.apply(id, [{ do: 'write', cell, content: text(`text ${at} ${'x'.repeat(at * 10)}`) }])
  }
}

/** Everything that the acts wrote, without what differs from run to run. */
export function writtenBy(room: NotebookRoom): unknown {
  const marks = room.marks()
  const notebooks = room.list(false).map(({ id }) => room.get(id).cells.map(({ id: cell, content, conflicts }) => ({ cell, content, conflicts })))
  const subjects = marks.all().map(({ subject, marks: on }) => ({ subject, on, comments: marks.comments(subject).map((comment) => comment.text) }))
  return { notebooks, subjects: subjects.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)), cited: [...room.citedKeys()] }
}
