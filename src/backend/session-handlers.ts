import type { Ask, TableName } from '../contract'
import { on, type Handlers } from './handler'
import type { Sessions } from './query'

const READ: TableName[] = ['event', 'connection', 'recording', 'setting']

export function sessionHandlers(sessions: Sessions) {
  return {
    'session.list': on(READ, (ask: Ask<'session.list'>) => sessions.list(ask)),
    'session.detail': on(READ, ({ id }: Ask<'session.detail'>) => sessions.detail(id)),
  } satisfies Partial<Handlers>
}
