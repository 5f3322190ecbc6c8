import { z } from 'zod'

export const instant = z.number().int()
export const range = z.strictObject({ from: instant, to: instant }).refine((r) => r.from < r.to, 'from must be before to')
export const view = z.strictObject({
  query: z.string().max(10_000),
  range: range.nullable(),
  order: z.enum(['asc', 'desc']),
})
export const nothing = z.strictObject({})
export const id = z.string().min(1).max(64)
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
export const recordingId = z.string().min(1).max(500)
/** Since the start of a recording. */
export const seconds = z.number().min(0).max(1e9)
