import type { Ask, ProductionPreview, TableName } from '../contract'
import { formatInstant, productionTest } from '../domain'
import { on, type Handlers, type Reading } from './handler'
import { Access, machineNames, type Sessions } from './query'
import { accessCsv } from './report'

const READ: TableName[] = ['event', 'connection', 'recording', 'setting']
/** Machines named in a preview. */
const MOST_NAMED = 12

export function accessHandlers({ store, ports }: Reading, sessions: Sessions) {
  const access = new Access(store, sessions)
  return {
    'access.list': on(READ, (ask: Ask<'access.list'>) => access.list(ask)),
    'access.detail': on(READ, (ask: Ask<'access.detail'>) => access.detail(ask)),
    'access.export': on(READ, async (ask: Ask<'access.export'>) => {
      const text = accessCsv(await access.rows(ask))
      const stamp = formatInstant(ports.clock.now()).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
      return { name: `recount-access-${stamp}.csv`, bytes: new Uint8Array(Buffer.from(text)) }
    }),
    'production.preview': on(['event'], ({ production }: Ask<'production.preview'>) => preview(machineNames(store), production)),
  } satisfies Partial<Handlers>
}

function preview(machines: readonly string[], production: string): ProductionPreview {
  const matching = machines.filter(productionTest(production)).sort()
  return { matching: matching.length, machines: machines.length, names: matching.slice(0, MOST_NAMED) }
}
