import { BackendFault, type Ask, type ExportTable, type TableName } from '../contract'
import { asks } from '../contract/asks'
import { on, type Context, type Handlers } from './handler'
import { viewLookedUp } from './query'
import { ACCESS, ACCESSES, COMMANDS, COVERAGE, CUSTODY, Exports, FINDINGS, FIRST_SEEN, grownRows, heldRows, pagedRows, PATTERNS, REQUESTS, REVIEWS, SESSIONS, tableExport, UNAPPROVED, type TableExport } from './report'

const READ: TableName[] = ['event']
/** The whole of a list that is in memory anyway. */
const ALL = { at: 0, count: Number.MAX_SAFE_INTEGER }
/** Rows at once of a list that is worked out anew for each page. */
const MANY = 5000
/** Place that an ask must have to be checked. */
const NOWHERE = { at: 0, count: 1 }

/** The lists that can be exported, as their screens ask for them. */
type Lists = Pick<Handlers, ExportTable>
type TableAsk = Record<string, unknown>

export function exportHandlers({ store, workspace, version, ports }: Context, lists: Lists) {
  const exports = new Exports(store, { workspace, version })
  return {
    'export.begin': on(READ, async (ask: Ask<'export.begin'>) => {
      await viewLookedUp(store, ask.view)
      return exports.begin(ask, ports.clock.now())
    }),
    'export.beginEvents': on(READ, (ask: Ask<'export.beginEvents'>) => exports.beginEvents(ask, ports.clock.now())),
    'export.beginTable': on(READ, async ({ table, ask, ...writing }: Ask<'export.beginTable'>) => exports.beginTable(await OPENED[table](lists, ask), writing, ports.clock.now())),
    'export.read': on(READ, ({ id, part }: Ask<'export.read'>) => exports.read(id, part)),
    'export.end': on(READ, ({ id }: Ask<'export.end'>) => {
      exports.end(id)
      return {}
    }),
  } satisfies Partial<Handlers>
}

/** Every table as it is at that moment. */
const OPENED: { [Table in ExportTable]: (lists: Lists, ask: TableAsk) => Promise<TableExport> } = {
  'session.list': async (lists, ask) => {
    const whole = checked(asks['session.list'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(SESSIONS, ask, heldRows((await lists['session.list'].run({ ...whole, ...ALL })).rows))
  },
  'recording.commands': async (lists, ask) => {
    const whole = checked(asks['recording.commands'].safeParse(ask))
    return tableExport(COMMANDS, ask, heldRows((await lists['recording.commands'].run(whole)).commands))
  },
  'signin.firstSeen': async (lists, ask) => {
    const whole = checked(asks['signin.firstSeen'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(FIRST_SEEN, ask, await pagedRows((place) => lists['signin.firstSeen'].run({ ...whole, ...place })))
  },
  'detection.findings': async (lists, ask) => {
    const whole = checked(asks['detection.findings'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(FINDINGS, ask, await pagedRows((place) => lists['detection.findings'].run({ ...whole, ...place })))
  },
  'approval.requests': async (lists, ask) => {
    const whole = checked(asks['approval.requests'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(REQUESTS, ask, await pagedRows((place) => lists['approval.requests'].run({ ...whole, ...place })))
  },
  'approval.patterns': async (lists, ask) => {
    const whole = checked(asks['approval.patterns'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(PATTERNS, ask, await pagedRows((place) => lists['approval.patterns'].run({ ...whole, ...place })))
  },
  'approval.unapproved': async (lists, ask) => {
    const whole = checked(asks['approval.unapproved'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(UNAPPROVED, ask, await pagedRows((place) => lists['approval.unapproved'].run({ ...whole, ...place }), MANY))
  },
  'access.list': async (lists, ask) => {
    const whole = checked(asks['access.list'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(ACCESS, ask, await pagedRows((place) => lists['access.list'].run({ ...whole, ...place })))
  },
  'access.detail': async (lists, ask) => {
    const whole = checked(asks['access.detail'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(ACCESSES, ask, await pagedRows(async (place) => {
      const { entries, total } = await lists['access.detail'].run({ ...whole, ...place })
      return { rows: entries, total }
    }))
  },
  'custody.list': async (lists, ask) => {
    const whole = checked(asks['custody.list'].safeParse({ ...ask, ...NOWHERE }))
    return tableExport(CUSTODY, ask, await grownRows(async (place) => lists['custody.list'].run({ ...whole, ...place })))
  },
  'review.list': async (lists, ask) => {
    const whole = checked(asks['review.list'].safeParse(ask))
    return tableExport(REVIEWS, ask, heldRows(await lists['review.list'].run(whole)))
  },
  'coverage.ranges': async (lists, ask) => {
    const whole = checked(asks['coverage.ranges'].safeParse(ask))
    return tableExport(COVERAGE, ask, heldRows(await lists['coverage.ranges'].run(whole)))
  },
}

type Parsed<T> = { success: true; data: T } | { success: false; error: { issues: { message: string }[] } }

function checked<T>(parsed: Parsed<T>): T {
  if (parsed.success) return parsed.data
  throw new BackendFault({ code: 'bad-ask', message: `export.beginTable was asked with an unfit ask of its table: ${parsed.error.issues[0]?.message ?? 'unknown'}` })
}
