import type { EventColumns } from './model'
import { kindAt, payloadAt } from './runs'

/** Seconds in which a program that shows what is typed shows it. */
const ECHO_SECONDS = 0.5
/** An echo comes first: of what follows, so much is looked at. */
const LOOKED_AT = 4096
const MOST_EVENTS = 200

const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|[ -/]*[0-~])/g
/** Arrows and other keys that are a sequence of their own. */
const KEYS = /\x1b(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z])/g
const UNPRINTED = /[\0-\x1f\x7f]+/g
const NOT_CONTROL = /[^\0-\x1f\x7f]/gu

/**
 * Input as it may be shown: what the screen did not show when it was typed may be a password, and every character of it
 * is a `*`. Keys that write nothing stay as they are.
 */
export function maskedInput(columns: EventColumns, event: number, until: number): Uint8Array {
  const payload = payloadAt(columns, event)
  const text = decoded(payload)
  const typed = plain(text)
  if (typed === '' || echo(columns, event, until).includes(typed)) return payload
  const keys: string[] = []
  let from = 0
  for (const found of text.matchAll(KEYS)) {
    keys.push(starred(text.slice(from, found.index)), found[0])
    from = found.index + found[0].length
  }
  return new TextEncoder().encode(keys.join('') + starred(text.slice(from)))
}

/** What was written after it, up to the end of the line: after Enter the answer to a password may hold any word. */
function echo(columns: EventColumns, event: number, until: number): string {
  const latest = (columns.times[event] ?? 0) + ECHO_SECONDS
  const parts: Uint8Array[] = []
  let size = 0
  const end = Math.min(until, event + MOST_EVENTS)
  for (let next = event + 1; next < end && (columns.times[next] ?? 0) <= latest && size < LOOKED_AT; next++) {
    if (kindAt(columns, next) !== 'output') continue
    const payload = payloadAt(columns, next)
    const feed = payload.indexOf(0x0a)
    parts.push(feed === -1 ? payload : payload.subarray(0, feed))
    size += payload.length
    if (feed !== -1) break
  }
  return plain(decoded(Buffer.concat(parts).subarray(0, LOOKED_AT)))
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function plain(text: string): string {
  return text.replace(ESCAPES, '').replace(UNPRINTED, '')
}

function starred(text: string): string {
  return text.replace(NOT_CONTROL, '*')
}
