import { BackendFault, type Ask, type RecordingRow, type TableName } from '../contract'
import { on, writerOf, type Context, type Handlers } from './handler'
import { loggedCommands, ownNames } from './query'
import { clipText, type About, type Calls } from './recording'

const HELD: TableName[] = ['recording']
/** Of one answer: a page shows what was found so far and goes on. */
const SEARCH_MS = 250

export function recordingHandlers(context: Context) {
  return { ...openHandlers(context), ...readingHandlers(context, new Set()), ...findHandlers(context) }
}

function openHandlers(context: Context) {
  const { store, desk } = context
  return {
    'recording.list': on(HELD, () => store.recordings()),
    'recording.open': on(HELD, async ({ id }: Ask<'recording.open'>) => {
      const recording = rowOf(store, id)
      return { recording, ...(await desk.ask(id, 'opened', {})), reveals: store.revealsOf(id) }
    }),
    'recording.close': on([], async ({ id }: Ask<'recording.close'>) => {
      await desk.close(id)
      return {}
    }),
    'recording.fetch': on([], ({ id }: Ask<'recording.fetch'>) => {
      const recording = rowOf(store, id)
      return recording.isHeld && !context.writer ? recording : writerOf(context).fetchRecording(id)
    }),
  } satisfies Partial<Handlers>
}

/** `revealed`: recordings whose input may be given, as it was written down that it is. */
function readingHandlers(context: Context, revealed: Set<string>) {
  const { store, desk } = context
  const allow = ({ id, input }: { id: string; input: boolean }) => {
    if (!input || revealed.has(id)) return
    throw new BackendFault({ code: 'bad-ask', message: 'What was typed is given after recording.reveal alone, which writes it down.' })
  }
  const about = (id: string): { about: About } => ({ about: aboutOf(rowOf(store, id)) })
  return {
    'recording.reveal': on(HELD, ({ id }: Ask<'recording.reveal'>) => {
      rowOf(store, id)
      writerOf(context).store.noteReveal(id)
      revealed.add(id)
      return { reveals: store.revealsOf(id) }
    }),
    'recording.segment': on(HELD, ({ id, ...ask }: Ask<'recording.segment'>) => {
      allow({ id, input: ask.input })
      return desk.ask(id, 'segment', ask)
    }),
    'recording.search': on(HELD, ({ id, ...ask }: Ask<'recording.search'>) => desk.ask(id, 'search', ask)),
    'recording.transcript': on(HELD, ({ id }: Ask<'recording.transcript'>) => desk.ask(id, 'transcript', about(id))),
    'recording.commands': on(['recording', 'event'], async ({ id }: Ask<'recording.commands'>) => {
      const row = rowOf(store, id)
      // How long it is may be known only when it is read.
      const duration = row.durationMs ?? (await desk.ask(id, 'length', {})).seconds * 1000
      const log = loggedCommands(store, { ...row, durationMs: duration })
      return desk.ask(id, 'commands', { log, ...about(id) })
    }),
    'recording.screen': on(HELD, ({ id, at }: Ask<'recording.screen'>) => desk.ask(id, 'screen', { at, ...about(id) })),
    'recording.clip': on(HELD, async ({ id, from, to }: Ask<'recording.clip'>) => {
      const { rows } = await desk.ask(id, 'screen', { at: to, ...about(id) })
      const screen = rows.map((row) => row.trimEnd()).join('\n').trimEnd()
      const clip = { recording: id, sha256: rowOf(store, id).sha256, from, to, screen }
      return { clip, text: clipText(about(id).about, clip) }
    }),
    'recording.bytes': on(HELD, ({ id, ...ask }: Ask<'recording.bytes'>) => desk.ask(id, 'bytes', ask)),
    'recording.export': on(HELD, ({ id, ...ask }: Ask<'recording.export'>) => {
      allow({ id, input: ask.input })
      const whole: Calls['export']['ask'] = { ...ask, ...about(id) }
      return desk.ask(id, 'export', whole)
    }),
  } satisfies Partial<Handlers>
}

function findHandlers({ store, desk }: Context) {
  return {
    'recording.find': on(['recording', 'setting', 'connection'], async ({ text, mine, after }: Ask<'recording.find'>) => {
      const me = ownNames(store)
      const rows = store.recordings().filter(({ user }) => !mine || (user !== null && me.has(user.toLowerCase())))
      const held = rows.filter(({ isHeld }) => isHeld)
      const byId = new Map(held.map((row) => [row.id, row]))
      // One that went meanwhile is not found: all are searched again, from their texts.
      const ids = held.slice(held.findIndex(({ id }) => id === after) + 1).map(({ id }) => id)
      const until = performance.now() + SEARCH_MS
      const { recordings, searched, unsearched, to } = await desk.find({ text, ids, isOver: () => performance.now() >= until })
      const named = <T extends { id: string }>({ id, ...rest }: T): { recording: RecordingRow } & Omit<T, 'id'> => ({
        recording: byId.get(id) ?? rowOf(store, id),
        ...rest,
      })
      return {
        recordings: recordings.map(named),
        searched,
        unsearched: unsearched.map(named),
        left: ids.length - to,
        after: to < ids.length ? (ids[to - 1] ?? null) : null,
        notHere: rows.length - held.length,
      }
    }),
  } satisfies Partial<Handlers>
}

function rowOf(store: Context['store'], id: string): RecordingRow {
  const row = store.recording(id)
  if (row) return row
  throw new BackendFault({ code: 'not-found', message: 'This recording is not held in the workspace.' })
}

function aboutOf({ files, id, sha256, start, startPrecision, title }: RecordingRow): About {
  return { name: files[0]?.name ?? id, sha256, start, startPrecision, title }
}
