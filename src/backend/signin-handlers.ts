import type { Ask, TableName } from '../contract'
import { on, type Handlers, type Reading } from './handler'
import { SignInSummaries } from './query'

const READ: TableName[] = ['event', 'connection', 'coverage']

export function signInHandlers({ store }: Reading) {
  const summaries = new SignInSummaries(store)
  return {
    'signin.summary': on(READ, (ask: Ask<'signin.summary'>) => summaries.summary(ask)),
    'signin.firstSeen': on(READ, (ask: Ask<'signin.firstSeen'>) => summaries.firstSeen(ask)),
  } satisfies Partial<Handlers>
}
