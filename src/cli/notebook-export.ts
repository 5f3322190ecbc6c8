import { resolve } from 'node:path'
import { accountName, CustodyLog, Sides, type NotebookRoom } from '../backend/notebook'
import { renderNotebook, sourceWords, type NotebookHead } from '../backend/report'
import { openReadable, type ReadableStore } from '../backend/store'
import { BackendFault, NOTEBOOK_FORMATS, type NotebookSide } from '../contract'
import { knownZone } from '../domain'
import { version } from '../../package.json'
import type { ExitCode, Line } from './command'
import { say, write, writeBytes, type Io } from './io'
import { headOf } from './notebook-head'
import { withNotebooks } from './notebook-room'
import { printPdf } from './print-pdf'
import { recordedRead } from './record'
import { UsageError } from './usage-error'
import { choiceOf, textOf } from './words'
import { writeOut } from './write-out'

export async function exportNotebook(line: Line, id: string): Promise<ExitCode> {
  const { io, values } = line
  const format = choiceOf(values, 'format', NOTEBOOK_FORMATS) ?? 'md'
  const zone = zoneOf(textOf(values, 'zone') ?? 'UTC')
  const out = textOf(values, 'out')
  if (format === 'pdf' && out === undefined && io.stdout.isTTY) throw new UsageError('A PDF is no text for a terminal. Name a file: --out PATH.')
  await withNotebooks(line, (room) =>
    withStore(line, async (store) => {
      const notebook = room.get(id)
      const head = await fullHead(line, { room, store, id })
      const pieces = renderNotebook(notebook, format === 'pdf' ? 'html' : format, { zone, head })
      const content = format === 'pdf' ? [await printPdf(io, pieces, (words) => say(io, words))] : pieces
      if (out === undefined) await toOutput(io, content)
      else await writeOut(resolve(io.cwd, out), content)
      if (store) await recordedRead(line, store, [{ action: 'export', object: `notebook ${notebook.title}`, detail: `${format}${out === undefined ? '' : `: ${out}`}` }])
    }),
  )
  return 0
}

/** Null where the rest of the workspace cannot be read: a notebook stands by itself. */
async function withStore(line: Line, act: (store: ReadableStore | null) => Promise<void>): Promise<void> {
  const store = await openReadable({ folder: line.workspace, now: line.io.now }).catch((error: unknown) => {
    if (!(error instanceof BackendFault)) throw error
    say(line.io, `${error.message} What is cited cannot be compared with what is held.`)
    return null
  })
  try {
    await act(store)
  } finally {
    store?.close()
  }
}

type Ground = { room: NotebookRoom; store: ReadableStore | null; id: string }

async function fullHead(line: Line, { room, store, id }: Ground): Promise<NotebookHead> {
  if (!store) return headOf(line.io, [], null)
  const side = await new Sides({ store, files: room.files }).of(id, room.document(id))
  return headOf(line.io, sourceWords(store.connections()), { ...side, custody: await custodyOf(line) })
}

async function custodyOf({ io, workspace }: Line): Promise<NotebookSide['custody']> {
  const log = new CustodyLog({ workspace, version, now: io.now, zone: () => 'UTC', by: accountName(), isWriter: false, anchor: null, onChange: () => {} })
  try {
    const { entries, head, broken } = await log.state()
    return { entries, head, isIntact: broken === null }
  } finally {
    log.close()
  }
}

function zoneOf(name: string): string {
  const zone = knownZone(name)
  if (zone === null) throw new UsageError(`--zone needs a zone such as Europe/Berlin, not «${name}».`)
  return zone
}

async function toOutput(io: Io, content: Iterable<string | Uint8Array>): Promise<void> {
  for (const piece of content) await (typeof piece === 'string' ? write(io, piece) : writeBytes(io, piece))
}
