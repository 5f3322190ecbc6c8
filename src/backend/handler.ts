import { BackendFault, type Ask, type MethodName, type Methods, type RecordingRow, type TableName } from '../contract'
import type { NotebookRoom } from './notebook'
import type { Ports } from './ports'
import type { RecordingDesk } from './recording'
import type { ReadableStore, WritableStore } from './store'
import type { ImportJobs, SignIns, SyncJobs, Uploads } from './sync'

export type Writer = {
  store: WritableStore
  jobs: ImportJobs
  uploads: Uploads
  syncs: SyncJobs
  signIns: SignIns
  /** Gets the bytes of a recording that a server lists. */
  fetchRecording(id: string): Promise<RecordingRow>
  stopSyncing(): void
}

export type Context = {
  workspace: string
  version: string
  store: ReadableStore
  /** What only the workspace's writer has; null where another process writes. */
  writer: Writer | null
  ports: Ports
  desk: RecordingDesk
  /** What people write. */
  notebook: NotebookRoom
}

/** What those need that only read, as the command line does without a backend. */
export type Reading = Pick<Context, 'store'> & { ports: Pick<Ports, 'clock'> }

export type Handler<M extends MethodName> = {
  /** Tables that the answer is read from, or how the ask tells them. */
  tables: TableName[] | ((ask: Ask<M>) => TableName[])
  run: (ask: Ask<M>) => Methods[M] | Promise<Methods[M]>
}
export type Handlers = { [M in MethodName]: Handler<M> }

export function writerOf({ writer, store }: Context): Writer {
  if (writer) return writer
  const message = store.state().readOnly?.message ?? 'The workspace is open for reading only.'
  throw new BackendFault({ code: 'workspace-locked', message })
}

export function on<M extends MethodName>(tables: Handler<M>['tables'], run: Handler<M>['run']): Handler<M> {
  return { tables, run }
}
