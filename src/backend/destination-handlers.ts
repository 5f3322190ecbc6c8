import type { Ask } from '../contract'
import { destinations, removeDestination } from './destination'
import { on, writerOf, type Context, type Handlers } from './handler'

export function destinationHandlers(context: Context) {
  return {
    'destination.list': on(['setting'], () => destinations(context.store)),
    'destination.remove': on([], ({ name }: Ask<'destination.remove'>) => {
      removeDestination(writerOf(context).store, context.workspace, name)
      return {}
    }),
  } satisfies Partial<Handlers>
}
