import type { Ask, TableName } from '../contract'
import { on, type Context, type Handlers } from './handler'
import { SignInSummaries } from './query'

const READ: TableName[] = ['event', 'connection', 'coverage']

export function signInHandlers({ store }: Context) {
  const summaries = new SignInSummaries(store)
  return {
    'signin.summary': on(READ, (ask: Ask<'signin.summary'>) => summaries.summary(ask)),
  } satisfies Partial<Handlers>
}
