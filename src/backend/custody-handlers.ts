import { BackendFault, type Ask, type Review } from '../contract'
import { formatInstant } from '../domain'
import { arrivalChain, chainLines, driftReport } from './custody'
import { on, writerOf, type Context, type Handlers } from './handler'
import { reviewAct, type CustodyLog } from './notebook'
import { countTimeline } from './query'

export type CustodyContext = Context & { custody: CustodyLog }

export function custodyHandlers(context: CustodyContext) {
  const { store, custody, ports } = context
  const named = (what: string, ending: string) => `recount-${what}-${formatInstant(ports.clock.now()).slice(0, 19).replaceAll(':', '')}Z.${ending}`
  return {
    'custody.list': on(['custody'], (ask: Ask<'custody.list'>) => custody.list(ask)),
    'custody.check': on(['custody'], () => custody.check()),
    'custody.export': on(['custody'], async () => ({ name: named('custody', 'jsonl'), bytes: await custody.bytes() })),
    'review.list': on(['custody'], () => custody.reviews()),
    'review.sign': on([], (ask: Ask<'review.sign'>) => signReview(context, ask)),
    'arrival.chain': on(['event', 'connection', 'custody'], ({ connection }: Ask<'arrival.chain'>) => {
      check(context, connection)
      return arrivalChain(store, custody, connection)
    }),
    'arrival.export': on(['event', 'connection'], async ({ connection }: Ask<'arrival.export'>) => {
      check(context, connection)
      return { name: named('arrivals', 'jsonl'), bytes: await chainLines(store, connection) }
    }),
    'drift.export': on(['event', 'connection'], async ({ connection, format }: Ask<'drift.export'>) => {
      check(context, connection)
      return { name: named('drift', format), bytes: await driftReport(store, connection, format) }
    }),
  } satisfies Partial<Handlers>
}

/** What is signed is what stands in the log: the entry is the review. */
async function signReview(context: CustodyContext, { name, query, range, days, note }: Ask<'review.sign'>): Promise<Review> {
  const { store, custody } = context
  writerOf(context)
  custody.admit()
  const { matching, coverage } = countTimeline(store, { view: { query, range, order: 'desc' } })
  custody.record(reviewAct({ name, query, range, days, note, matching, coverage }))
  await custody.settle()
  const signed = (await custody.reviews()).find((review) => review.name === name)
  if (!signed) throw new Error('a review that was signed is not in the log')
  return signed
}

function check({ store }: CustodyContext, connection: string): void {
  if (store.connections().some(({ name }) => name === connection)) return
  throw new BackendFault({ code: 'not-found', message: `There is no connection named ${connection}.` })
}
