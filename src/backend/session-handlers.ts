import type { Ask, TableName } from '../contract'
import { on, type Context, type Handlers } from './handler'
import { Sessions } from './query'

const READ: TableName[] = ['event', 'connection', 'recording', 'setting']

export function sessionHandlers({ store }: Context) {
  const sessions = new Sessions(store)
  return {
    'session.list': on(READ, (ask: Ask<'session.list'>) => sessions.list(ask)),
    'session.detail': on(READ, ({ id }: Ask<'session.detail'>) => sessions.detail(id)),
  } satisfies Partial<Handlers>
}
