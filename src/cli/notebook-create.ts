import { accountName, freeze, NotebookRoom } from '../backend/notebook'
import type { WritableStore } from '../backend/store'
import type { CellContent, CustodyAct, View } from '../contract'
import type { ExitCode, Line } from './command'
import { print, say } from './io'
import { withWriter } from './open-store'
import { recorded } from './record'
import { rangeOf, spanOf, type Span } from './time-span'
import { UsageError } from './usage-error'
import { textOf } from './words'

const MOST_TITLE = 500

export async function create(line: Line): Promise<ExitCode> {
  const { title, query, span } = asked(line)
  await withWriter(line, async (store) => {
    const room = new NotebookRoom({ workspace: line.workspace, isWriter: true, by: accountName(), now: line.io.now, onChange: () => {} })
    try {
      for (const words of room.recovered()) say(line.io, words)
      const view: View | null = query === null ? null : { query, range: rangeOf(span), order: 'asc' }
      const { contents, acts } = view ? await frozen({ line, store, room }, view) : { contents: [], acts: [] }
      const { from, to } = span
      const id = room.create({ title, range: from !== null && to !== null ? { from, to } : null, contents })
      const made: CustodyAct = { action: 'notebook', object: `notebook ${title}`, detail: `created by the command line; id ${id}` }
      await recorded(line, store, [...acts, made])
      await print(line.io, { id })
    } finally {
      room.close()
    }
  })
  return 0
}

function asked({ values }: Line): { title: string; query: string | null; span: Span } {
  const title = textOf(values, 'title')
  if (title === undefined) throw new UsageError('notebook create needs --title.')
  if (title.length > MOST_TITLE) throw new UsageError(`A title has at most ${MOST_TITLE} characters.`)
  const span = spanOf(values)
  const { query } = values
  if (typeof query === 'string') return { title, query, span }
  if (rangeOf(span) !== null) throw new UsageError('--from and --to go with --query.')
  return { title, query: null, span }
}

type Ground = { line: Line; store: WritableStore; room: NotebookRoom }

async function frozen({ line, store, room }: Ground, view: View): Promise<{ contents: CellContent[]; acts: CustodyAct[] }> {
  const rows = await freeze({ store, files: room.files, by: room.by, now: line.io.now() }, view)
  const object = view.query.trim() === '' ? 'everything' : view.query
  const detail = `${rows.rows} records frozen; root ${rows.root}; evidence ${rows.evidence}`
  return { contents: [{ kind: 'query', title: view.query.trim() || 'Everything', view, frozen: rows }], acts: [{ action: 'cite', object, detail }] }
}
