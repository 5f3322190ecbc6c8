import type { Span } from './value'

/** What stands for a secret. */
export const REDACTED = '«redacted»'

/** A value to replace, and the text put in its place where that is not `«redacted»`. */
export type Secret = Span & { instead?: string }

export type Redacted = {
  body: Uint8Array
  /** Where a byte that was kept, or the end of a value, stands now. */
  moved(offset: number): number
}

type Step = { end: number; shift: number }

/** The body with each value replaced by a string; the body itself where there is nothing to replace. */
export function redacted(body: Uint8Array, secrets: readonly Secret[]): Redacted {
  if (secrets.length === 0) return { body, moved: (offset) => offset }
  const pieces: Uint8Array[] = []
  const steps: Step[] = []
  let from = 0
  let shift = 0
  for (const secret of secrets.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // Inside one that is gone already.
    if (secret.start < from) continue
    const put = Buffer.from(JSON.stringify(secret.instead ?? REDACTED))
    pieces.push(body.subarray(from, secret.start), put)
    from = secret.end
    shift += put.length - (secret.end - secret.start)
    steps.push({ end: secret.end, shift })
  }
  pieces.push(body.subarray(from))
  return { body: Buffer.concat(pieces), moved: (offset) => offset + shiftAt(steps, offset) }
}

function shiftAt(steps: readonly Step[], offset: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((steps[middle]?.end ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return steps[low - 1]?.shift ?? 0
}
