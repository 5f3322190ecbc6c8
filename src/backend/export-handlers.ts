import { BackendFault, type Ask, type ExportTable, type TableName } from '../contract'
import { asks } from '../contract/asks'
import { on, type Context, type Handlers } from './handler'
import { Exports, type TableExport } from './report'

const READ: TableName[] = ['event']

/** The lists that can be exported, as their screens ask for them. */
type Lists = Pick<Handlers, ExportTable>

export function exportHandlers({ store, workspace, version, ports }: Context, lists: Lists) {
  const exports = new Exports(store, { workspace, version })
  return {
    'export.begin': on(READ, (ask: Ask<'export.begin'>) => exports.begin(ask, ports.clock.now())),
    'export.beginTable': on(READ, async (ask: Ask<'export.beginTable'>) => exports.beginTable(await tableOf(ask, lists), ports.clock.now())),
    'export.read': on(READ, ({ id, part }: Ask<'export.read'>) => exports.read(id, part)),
    'export.end': on(READ, ({ id }: Ask<'export.end'>) => {
      exports.end(id)
      return {}
    }),
  } satisfies Partial<Handlers>
}

async function tableOf({ table, ask, format }: Ask<'export.beginTable'>, lists: Lists): Promise<TableExport> {
  const none = { ...ask, at: 0, count: 1 }
  switch (table) {
    case 'session.list': {
      const whole = checked(asks[table].safeParse(none), table)
      const page = async (at: number, count: number) => lists[table].run({ ...whole, at, count })
      return { table, ask: whole, format, first: await page(0, 1), page }
    }
    case 'detection.findings': {
      const whole = checked(asks[table].safeParse(none), table)
      const page = async (at: number, count: number) => lists[table].run({ ...whole, at, count })
      return { table, ask: whole, format, first: await page(0, 1), page }
    }
    case 'approval.requests': {
      const whole = checked(asks[table].safeParse(none), table)
      const page = async (at: number, count: number) => lists[table].run({ ...whole, at, count })
      return { table, ask: whole, format, first: await page(0, 1), page }
    }
  }
}

function checked<T>(parsed: { success: true; data: T } | { success: false; error: { issues: { message: string }[] } }, table: ExportTable): T {
  if (parsed.success) return parsed.data
  throw new BackendFault({ code: 'bad-ask', message: `export.beginTable was asked with an unfit ask of ${table}: ${parsed.error.issues[0]?.message ?? 'unknown'}` })
}
