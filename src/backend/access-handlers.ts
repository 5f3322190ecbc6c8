import type { Ask, ProductionPreview, TableName } from '../contract'
import { productionTest } from '../domain'
import { on, type Handlers, type Reading } from './handler'
import { Access, machineNames, type Sessions } from './query'

const READ: TableName[] = ['event', 'connection', 'recording', 'setting']
/** Machines named in a preview. */
const MOST_NAMED = 12

export function accessHandlers({ store }: Reading, sessions: Sessions) {
  const access = new Access(store, sessions)
  return {
    'access.list': on(READ, (ask: Ask<'access.list'>) => access.list(ask)),
    'access.detail': on(READ, (ask: Ask<'access.detail'>) => access.detail(ask)),
    'production.preview': on(['event'], ({ production }: Ask<'production.preview'>) => preview(machineNames(store), production)),
  } satisfies Partial<Handlers>
}

function preview(machines: readonly string[], production: string): ProductionPreview {
  const matching = machines.filter(productionTest(production)).sort()
  return { matching: matching.length, machines: machines.length, names: matching.slice(0, MOST_NAMED) }
}
