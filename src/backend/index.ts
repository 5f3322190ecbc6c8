import { join } from 'node:path'
import {
  BackendFault,
  type Answer,
  type Ask,
  type Backend,
  type MethodName,
  type NoticeName,
  type Notices,
  type TableName,
} from '../contract'
import { version } from '../../package.json'
import { asks } from '../contract/asks'
import { Asked } from './asked'
import { AddressBook } from './addresses'
import { startCustody } from './custody'
import { DetectionDesk, RuleShelf } from './detect'
import type { Handlers, Writer } from './handler'
import { makeHandlers } from './handlers'
import { accountName, NotebookRoom } from './notebook'
import type { Ports } from './ports'
import { RecordingDesk } from './recording'
import { openDamaged, openReadable, openWritable, type OpenOptions, type ReadableStore, type WritableStore } from './store'
import { fetchRecording, ImportJobs, keepSynced, SignIns, SyncJobs, Uploads, type ServerContext } from './sync'

export { CannotPrint, NoAnswer, type HttpAnswer, type HttpAsk, type HttpProblem, type Ports, type SampleAsk } from './ports'

export { reportGround } from './report-handlers'
export { readAuthority, readStampSettings } from './stamp-authority'

export type BackendOptions = {
  /** Folder of the workspace; made where it is missing. */
  workspace: string
  ports: Ports
  /** How syncs wait for servers; tests wait less. */
  pace?: ServerContext['pace']
}

export type RunningBackend = Backend & {
  /** Ends what is under way; everything acknowledged is durable. */
  close(): Promise<void>
}

/** Milliseconds in which changes are gathered into one notice: the first comes soon, those of a long import seldom. */
const GATHER = { first: 250, most: 2000 }

/**
 * Opens the workspace and answers the contract. Where another process writes, it is opened for reading; where what was
 * fetched is damaged, for what people write alone. Throws `workspace-newer`.
 */
export async function startBackend({ workspace, ports, pace }: BackendOptions): Promise<RunningBackend> {
  const notices = new NoticeBoard()
  const options: OpenOptions = { folder: workspace, now: () => ports.clock.now() }
  // Every change of what is held or written; before the workspace is open, nobody asks.
  let revision = () => 0
  const { store, writer } = await openWorkspace(options, { ports, notices, pace, revision: () => revision() })
  const tellOf = (tables: TableName[]) => notices.tell('store.changed', { tables, revision: revision() })
  const notebook = new NotebookRoom({
    workspace,
    isWriter: writer !== null,
    by: accountName(),
    now: () => ports.clock.now(),
    onChange: (tables) => tellOf(tables),
    onRefusal: () => tellOf(['connection']),
  })
  const custody = startCustody({ workspace, version, store, writable: writer?.store ?? null, notebook, ports, onChange: () => tellOf(['custody']) })
  revision = () => store.revision() + notebook.revision() + custody.log.revision
  store.useKeys(notebook.keySets())
  const desk = new RecordingDesk({
    filesOf: (id) => store.recordingPlaces(id),
    onIndexed: (id, { progress, indexedTo, done }) => notices.tell('recording.indexed', { id, progress, indexedTo, done }),
    onError: (error) => ports.log.error('a recording could not be read to its end', error),
  })
  const shelf = new RuleShelf(join(workspace, 'rules'))
  const book = new AddressBook({ folder: workspace, settings: () => store.settings() })
  const asked = new Asked()
  const detections = new DetectionDesk({
    store,
    shelf,
    places: () => book.opened(),
    now: () => ports.clock.now(),
    onProgress: (progress) => notices.tell('detection.progressed', progress),
    onChange: () => tellOf(['finding']),
    onFound: (news) => notices.tell('detection.found', news),
    onError: (error) => ports.log.error('the rules could not be run to their end', error),
    sinceAsked: () => asked.since(),
  })
  const stopHearing = notices.on('sync.progressed', ({ endedAt }) => endedAt !== null && detections.synced())
  const stopRecording = [notices.on('sync.progressed', custody.synced), notices.on('import.progressed', custody.imported)]
  const handlers = makeHandlers({ workspace, version, store, writer, ports, desk, notebook, detections, shelf, book, custody: custody.log })
  const recorder = custody.recorder(handlers)
  const stopNotices = gatherChanges(store, tellOf)

  return {
    call: answering({ handlers, recorder, revision, asked }),
    on: (notice, listener) => notices.on(notice, listener),
    async close() {
      stopNotices()
      stopHearing()
      detections.close()
      await desk.closeAll()
      writer?.stopSyncing()
      await writer?.syncs.close()
      await writer?.jobs.close()
      await writer?.uploads.close()
      for (const stop of stopRecording) stop()
      await custody.close()
      notebook.close()
      store.close()
    },
  }
}

type Answering = { handlers: Handlers; recorder: ReturnType<ReturnType<typeof startCustody>['recorder']>; revision: () => number; asked: Asked }

/** Checks each ask, has it recorded, and says of which moment the answer is. */
function answering({ handlers, recorder, revision, asked }: Answering): Backend['call'] {
  const answer = async <M extends MethodName>(method: M, ask: Ask<M>): Promise<Answer<M>> => {
    if (!Object.hasOwn(asks, method)) {
      throw new BackendFault({ code: 'unknown-method', message: `There is no method ${String(method)}.` })
    }
    const checked = asks[method].safeParse(ask)
    if (!checked.success) throw badAsk(method, checked.error.issues)
    const { tables, run } = handlers[method] as Handlers[M]
    // Of before it is made: what changes meanwhile may be in it or not, and is told after.
    const moment = revision()
    const value = await recorder.run(method, checked.data as Ask<M>, () => run(checked.data as Ask<M>))
    const read = typeof tables === 'function' ? tables(checked.data as Ask<M>) : tables
    return { value, tables: read, revision: moment }
  }
  // Who asks what the rules found waits for them, not they for that.
  return (method, ask) => (method.startsWith('detection.') ? answer(method, ask) : asked.during(() => answer(method, ask)))
}

type Surroundings = { ports: Ports; notices: NoticeBoard; pace: ServerContext['pace']; revision: () => number }

async function openWorkspace(options: OpenOptions, { ports, notices, pace, revision }: Surroundings): Promise<{ store: ReadableStore; writer: Writer | null }> {
  const store = await openWritable(options).catch((error: unknown) => readOnlyFor(error, options))
  if (!isWriter(store)) return { store, writer: null }
  const jobs = new ImportJobs(store, ports, (job) => {
    notices.tell('import.progressed', job)
    notices.tell('store.changed', { tables: ['import'], revision: revision() })
  })
  const context: ServerContext = { store, ports, version, ...(pace && { pace }) }
  /** Connections whose sync is known to have begun. */
  const told = new Set<string>()
  const syncs = new SyncJobs(context, (job) => {
    notices.tell('sync.progressed', job)
    // The notice carries all that changes in between. What the sync brought is there when it says that it has ended.
    const isNew = !told.has(job.connection)
    if (isNew) told.add(job.connection)
    if (job.endedAt !== null) told.delete(job.connection)
    else if (!isNew) return
    const tables: TableName[] = job.endedAt === null ? ['sync'] : ['sync', 'event', 'connection', 'coverage']
    notices.tell('store.changed', { tables, revision: revision() })
  })
  try {
    const uploads = new Uploads(options.folder)
    const onError = (error: unknown) => ports.log.error('a sync could not begin', error)
    const stopSyncing = keepSynced({ store, jobs: syncs, now: () => ports.clock.now(), onError })
    const signIns = new SignIns(context)
    return { store, writer: { store, jobs, uploads, syncs, signIns, stopSyncing, fetchRecording: (id) => fetchRecording(context, id) } }
  } catch (error) {
    store.close()
    throw error
  }
}

function isWriter(store: ReadableStore): store is WritableStore {
  return 'append' in store
}

/** What cannot be written can mostly still be read. Throws on what cannot. */
async function readOnlyFor(error: unknown, options: OpenOptions): Promise<ReadableStore> {
  if (!(error instanceof BackendFault)) throw error
  const { code, message } = error
  if (code === 'workspace-locked') return readable(options, { code: 'locked', message })
  if (code === 'disk-full') return readable(options, { code: 'disk-full', message })
  if (code === 'workspace-damaged') return openDamaged(options, `${message} ${NOTES_ALONE}`)
  throw error
}

const NOTES_ALONE = 'Nothing of what was imported or synced can be shown; notes and marks can be read and written.'

async function readable(options: OpenOptions, readOnly: NonNullable<OpenOptions['readOnly']>): Promise<ReadableStore> {
  try {
    return await openReadable({ ...options, readOnly })
  } catch (error) {
    if (!(error instanceof BackendFault) || error.code !== 'workspace-damaged') throw error
    return openDamaged(options, `${error.message} ${NOTES_ALONE}`)
  }
}

function badAsk(method: string, issues: { path: PropertyKey[]; message: string }[]): BackendFault {
  const [issue] = issues
  const where = issue?.path.map(String).join('.') ?? ''
  const message = `${method} was asked with an unfit ${where || 'value'}: ${issue?.message ?? 'unknown'}`
  return new BackendFault({ code: 'bad-ask', message })
}

class NoticeBoard {
  readonly #listeners = new Map<NoticeName, Set<(payload: never) => void>>()

  on<N extends NoticeName>(notice: N, listener: (payload: Notices[N]) => void): () => void {
    const set = this.#listeners.get(notice) ?? new Set()
    this.#listeners.set(notice, set)
    set.add(listener)
    return () => set.delete(listener)
  }

  tell<N extends NoticeName>(notice: N, payload: Notices[N]): void {
    for (const listener of this.#listeners.get(notice) ?? []) listener(payload as never)
  }
}

/** Many small changes, as of an import, become one notice now and then: each makes every page ask again. */
function gatherChanges(store: ReadableStore, tellOf: (tables: TableName[]) => void): () => void {
  const changed = new Set<TableName>()
  let timer: NodeJS.Timeout | null = null
  let wait = GATHER.first
  const tell = () => {
    timer = null
    if (changed.size === 0) {
      wait = GATHER.first
      return
    }
    tellOf([...changed])
    changed.clear()
    wait = Math.min(wait * 2, GATHER.most)
    timer = setTimeout(tell, wait)
  }
  const stop = store.onChange((tables) => {
    for (const table of tables) changed.add(table)
    timer ??= setTimeout(tell, wait)
  })
  return () => {
    stop()
    if (timer) clearTimeout(timer)
  }
}
