import { z } from 'zod'
import { nothing, range } from './ask-parts'

const connection = z.string().min(1).max(200)
const name = z.string().trim().min(1).max(200)

export const custodyAsks = {
  'custody.list': z.strictObject({ text: z.string().max(200), at: z.number().int().min(0), count: z.number().int().min(1).max(1000) }),
  'custody.check': nothing,
  'custody.export': nothing,
  'review.list': nothing,
  'review.sign': z.strictObject({
    name,
    query: z.string().max(10_000),
    range,
    /** Until it is to be looked at again; null is never. */
    days: z.number().int().min(1).max(366).nullable(),
    note: z.string().trim().max(4000),
  }),
  'arrival.chain': z.strictObject({ connection }),
  'arrival.export': z.strictObject({ connection }),
  'drift.export': z.strictObject({ connection, format: z.enum(['csv', 'jsonl']) }),
} as const
