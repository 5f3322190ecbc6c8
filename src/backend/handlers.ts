import { basename } from 'node:path'
import type { Ask, ImportInput, Settings, TableName, View } from '../contract'
import { accessHandlers } from './access-handlers'
import { addressHandlers } from './address-handlers'
import { approvalHandlers } from './approval-handlers'
import { readNotifyLevel } from './detect'
import { custodyHandlers, type CustodyContext } from './custody-handlers'
import { detectionHandlers, type DetectionContext } from './detection-handlers'
import { destinationHandlers } from './destination-handlers'
import { exportHandlers } from './export-handlers'
import { markHandlers } from './mark-handlers'
import { momentHandlers } from './moment-handlers'
import { notebookHandlers } from './notebook-handlers'
import { on, writerOf, type Context, type Handlers } from './handler'
import {
  countTimeline,
  eventDetail,
  eventPage,
  eventPivots,
  facets,
  histogram,
  locate,
  lookedUp,
  nextFailure,
  previewRow,
  readRows,
  saidNames,
  Sessions,
  suggest,
  tablesOf,
  viewLookedUp,
} from './query'
import { recordingHandlers } from './recording-handlers'
import { reportHandlers } from './report-handlers'
import { csvLine } from './report'
import { sealHandlers } from './seal-handlers'
import { serverHandlers } from './server-handlers'
import { sessionHandlers } from './session-handlers'
import { signInHandlers } from './signin-handlers'
import { checkStampSettings, readStampSettings } from './stamp-authority'
import type { ReadableStore } from './store'
import { planImport, previewImport, syncMinutes, type ImportItem } from './sync'

const ROWS: TableName[] = ['event']
const byView = ({ view }: { view: View }): TableName[] => tablesOf(view)

export function makeHandlers(context: DetectionContext & CustodyContext): Handlers {
  const sessions = new Sessions(context.store)
  const tables = { ...sessionHandlers(sessions), ...detectionHandlers(context), ...approvalHandlers(context) }
  const shown = { ...signInHandlers(context), ...accessHandlers(context, sessions) }
  const reading = readingHandlers(context)
  const recordings = recordingHandlers(context)
  const custody = custodyHandlers(context)
  return {
    ...workspaceHandlers(context),
    ...importHandlers(context),
    ...reading,
    ...serverHandlers(context),
    ...destinationHandlers(context),
    ...recordings,
    ...tables,
    ...exportHandlers(context, { ...reading, ...tables, ...shown, ...recordings, ...custody }),
    ...shown,
    ...reportHandlers(context, { ...tables, ...shown }),
    ...addressHandlers(context, context.book),
    ...markHandlers(context, sessions),
    ...momentHandlers(context),
    ...notebookHandlers(context),
    ...custody,
    ...sealHandlers(context),
  }
}

function readingHandlers({ store }: Context) {
  /** What reads a view waits until its rows are known. */
  const ofView = <A extends { view: View }, T>(read: (store: ReadableStore, ask: A) => T | Promise<T>) => async (ask: A) => {
    await viewLookedUp(store, ask.view)
    return read(store, ask)
  }
  return {
    'timeline.count': on(({ view }) => [...tablesOf(view), 'coverage'], ofView(countTimeline)),
    'timeline.rows': on(byView, ofView(readRows)),
    'timeline.locate': on(byView, ofView(locate)),
    'timeline.nextFailure': on(byView, ofView(nextFailure)),
    'timeline.histogram': on(byView, ofView(histogram)),
    'timeline.facets': on(byView, ofView(facets)),
    'event.get': on(ROWS, ({ key }: Ask<'event.get'>) => eventDetail(store, key)),
    'event.page': on(ROWS, ({ key }: Ask<'event.page'>) => eventPage(store, key)),
    'drift.count': on(['event', 'connection'], () => store.drift()),
    'event.pivots': on(ROWS, ({ key }: Ask<'event.pivots'>) => eventPivots(store, key)),
    'coverage.ranges': on(['coverage', 'event'], ({ range }: Ask<'coverage.ranges'>) => store.coverage(range)),
    'query.suggest': on(({ field }) => (field === 'tag' ? ['event', 'mark'] : ROWS), async (ask: Ask<'query.suggest'>) => {
      if (ask.field === 'tag') await lookedUp(store, 'tags')
      return suggest(store, ask)
    }),
  } satisfies Partial<Handlers>
}

function workspaceHandlers(context: Context) {
  const { store, workspace, version } = context
  return {
    'workspace.summary': on(['event', 'connection', 'coverage'], () => {
      const { held, companions, range, readOnly, recovered } = store.state()
      const notes = context.notebook
      const connections = store.connections()
      const place = { name: basename(workspace), folder: workspace, version, encrypted: false }
      return { ...place, held, companions, range, connections, readOnly: readOnly ?? notes.readOnly(), recovered: [...recovered, ...notes.recovered()] }
    }),
    'connection.list': on(['connection', 'event'], () => store.connections()),
    'settings.get': on(['setting'], () => readSettings(store)),
    'settings.set': on([], (ask: Ask<'settings.set'>) => {
      checkStampSettings(readSettings(store), ask)
      for (const [name, value] of Object.entries(ask)) writerOf(context).store.setSetting(name, [value].flat().join(','))
      return readSettings(store)
    }),
  } satisfies Partial<Handlers>
}

const APPEARANCES = ['system', 'dark', 'light'] as const

function readSettings(store: ReadableStore): Settings {
  const settings = store.settings()
  const { appearance, zone = 'UTC', production = '' } = settings
  const known = APPEARANCES.find((value) => value === appearance)
  const notifyLevel = readNotifyLevel(settings) ?? 'off'
  return { appearance: known ?? 'system', zone, syncMinutes: syncMinutes(store), me: saidNames(store), production, notifyLevel, ...readStampSettings(settings) }
}

function importHandlers(context: Context) {
  return {
    'import.preview': on([], async ({ inputs, options }: Ask<'import.preview'>) => {
      const items = await itemsOf(context, inputs)
      const plan = await planImport(items, options)
      const files = (await previewImport(plan, options)).map(({ file, events, ...shown }) => ({
        ...shown,
        input: inputs[items.findIndex((item) => item.path === file.path)] ?? { path: file.path },
        sample: events.map(previewRow),
      }))
      return { files, name: plan.name }
    }),
    'import.start': on([], async ({ inputs, options }: Ask<'import.start'>) => {
      const { jobs, uploads } = writerOf(context)
      const plan = await planImport(await itemsOf(context, inputs), options)
      const release = async () => {
        for (const input of inputs) if ('upload' in input) await uploads.discard(input.upload)
      }
      return { job: jobs.start(plan, options, release) }
    }),
    'import.cancel': on([], async ({ job }: Ask<'import.cancel'>) => {
      await writerOf(context).jobs.cancel(job)
      return {}
    }),
    'import.jobs': on(['import'], () => context.writer?.jobs.list() ?? []),
    'import.rejects': on([], ({ job }: Ask<'import.rejects'>) => {
      const lines = writerOf(context).jobs.rejects(job).map(({ file, line, reason }) => csvLine([file, line, reason]))
      const text = csvLine(['file', 'line', 'reason']) + lines.join('')
      return { name: 'rejected-lines.csv', bytes: new Uint8Array(Buffer.from(text)) }
    }),
    'upload.begin': on([], async ({ name, mtime }: Ask<'upload.begin'>) => ({
      upload: await writerOf(context).uploads.begin({ name, mtime }),
    })),
    'upload.append': on([], async ({ upload, bytes }: Ask<'upload.append'>) => ({
      received: await writerOf(context).uploads.append(upload, bytes),
    })),
    'upload.discard': on([], async ({ upload }: Ask<'upload.discard'>) => {
      await writerOf(context).uploads.discard(upload)
      return {}
    }),
  } satisfies Partial<Handlers>
}

async function itemsOf(context: Context, inputs: ImportInput[]): Promise<ImportItem[]> {
  const items: ImportItem[] = []
  for (const input of inputs) {
    items.push('path' in input ? input : await writerOf(context).uploads.take(input.upload))
  }
  return items
}
