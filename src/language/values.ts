import { formatInstant, parseInstant, type Instant } from '../domain'
import { isAddress, isBlock, looksNumeric } from './address'
import type { Field } from './fields'
import { nearest } from './nearest'
import type { Comparison, NumberTest, TimeTest, Value } from './query'

/** A value as typed, without its quotes or slashes. */
export type Raw = { kind: 'word' | 'quoted'; text: string } | { kind: 'regex'; text: string; flags: string }

export type Problem = { problem: string; expected?: string }
export type Read<T> = { value: T } | Problem

/** Longest regular expression taken, in UTF-16 units. Nothing else about it is judged. */
const LONGEST_REGEX = 500

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

export function unquoted(text: string): string {
  return text.replace(/\\(["\\])/g, '$1')
}

/** Value of a text, choice or address field, or of an attribute; `contained` takes wildcards as plain characters. */
export function readText(raw: Raw, field: Field, contained: boolean): Read<Value> {
  if (raw.kind === 'regex') return readRegex(raw)
  if (raw.kind === 'word' && raw.text === '*') return { value: { kind: 'pattern', text: '*' } }
  const exact: Read<Value> = { value: { kind: 'exact', text: raw.text } }
  if (contained) return raw.text === '' ? { problem: 'Expected text between the quotes' } : exact
  if (raw.kind === 'word' && /[*?]/.test(raw.text)) return { value: { kind: 'pattern', text: raw.text } }
  if (field.kind === 'choice') return readChoice(raw.text, field) ?? exact
  if (field.kind !== 'ip' || raw.kind === 'quoted' || !looksNumeric(raw.text)) return exact
  if (isBlock(raw.text)) return { value: { kind: 'block', text: raw.text } }
  return isAddress(raw.text) ? exact : { problem: 'Not an IP address or CIDR block', expected: '203.0.113.0/24' }
}

function readChoice(text: string, field: Field): Problem | null {
  const values = field.values ?? []
  if (values.includes(text.toLowerCase())) return null
  const meant = nearest(text, values)
  const hint = meant === null ? '' : ` Did you mean ${meant}?`
  return { problem: `Unknown ${field.name} «${text}».${hint}`, expected: values.join(', ') }
}

function readRegex(raw: { text: string; flags: string }): Read<Value> {
  if (raw.flags !== '' && raw.flags !== 'i') {
    const problem = `Unknown flag «${raw.flags}» of a regular expression`
    return { problem, expected: '/ or /i, or quotes around a path' }
  }
  // Escapes that only this language needs; the expression means the same without them.
  const source = raw.text.replace(/\\[\s\S]/g, (pair) => ('/":'.includes(pair.charAt(1)) ? pair.charAt(1) : pair))
  if (source.length > LONGEST_REGEX) {
    return { problem: `Not a valid regular expression: longer than ${LONGEST_REGEX} characters` }
  }
  const value: Value = { kind: 'regex', source, ignoreCase: raw.flags === 'i' }
  try {
    new RegExp(source, raw.flags)
    return { value }
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*\/[a-z]*: /s, '') : String(error)
    return { problem: `Not a valid regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}` }
  }
}

function isComparison(text: string): text is Comparison {
  return text === '=' || text === '<' || text === '<=' || text === '>' || text === '>='
}

/** `written` is the comparison before the value, empty when there is none; a value may bring its own. */
export function readNumber(raw: Raw, field: Field, written: string): Read<NumberTest> {
  if (raw.kind === 'word' && raw.text === '*' && written === '') return { value: { comparison: 'any' } }
  const [, own = '', digits = ''] = /^([<>]=?|=)?(.*)$/s.exec(raw.text) ?? []
  const value = field.kind === 'duration' ? durationMs(digits) : wholeNumber(digits)
  const comparison = own || written || '='
  if (raw.kind === 'regex' || value === null || !isComparison(comparison) || (own !== '' && written !== '')) {
    return field.kind === 'duration'
      ? { problem: 'Expected a number or a duration such as 5m', expected: 'ms, s, m, h or d after the number' }
      : { problem: 'Expected a number', expected: `${field.name}:0 or ${field.name}>0` }
  }
  return { value: { comparison, value } }
}

function wholeNumber(text: string): number | null {
  if (!/^-?\d+$/.test(text)) return null
  const value = Number(text)
  // Adding zero turns -0 into 0.
  return Number.isSafeInteger(value) ? value + 0 : null
}

function durationMs(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/i.exec(text)
  if (!match) return null
  const unit = (match[2] ?? 'ms').toLowerCase()
  const scale = unit === 'ms' || unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNIT_MS[unit] : 1
  const value = Math.round(Number(match[1]) * scale)
  return Number.isSafeInteger(value) ? value : null
}

/** Shortest way to write a duration that reads back as the same milliseconds. */
export function printDuration(ms: number): string {
  if (ms === 0) return '0'
  const units = [['d', UNIT_MS.d], ['h', UNIT_MS.h], ['m', UNIT_MS.m], ['s', UNIT_MS.s]] as const
  const [name, scale] = units.find(([, size]) => ms % size === 0) ?? ['ms', 1]
  return `${ms / scale}${name}`
}

const TIME_PROBLEM: Problem = {
  problem: 'Expected a time such as 2026-02-06 or a range such as 2026-02-06..2026-02-07',
  expected: 'A..B, A.. or ..B',
}

/** `A..B` with either end missing, or one time: all of the day, minute, second or millisecond it names. */
export function readTime(raw: Raw): Read<TimeTest> {
  if (raw.kind === 'regex') return TIME_PROBLEM
  const at = raw.text.indexOf('..')
  if (at < 0) {
    const from = instant(raw.text)
    return from === null ? TIME_PROBLEM : { value: { from, to: from + named(raw.text) } }
  }
  const [start, end] = [raw.text.slice(0, at).trim(), raw.text.slice(at + 2).trim()]
  const from = start === '' ? null : instant(start)
  const to = end === '' ? null : instant(end)
  if ((from === null && start !== '') || (to === null && end !== '')) return TIME_PROBLEM
  if (from === null && to === null) return TIME_PROBLEM
  if (from !== null && to !== null && from >= to) {
    return { problem: 'The range holds no time', expected: 'an earlier time before the dots' }
  }
  return { value: { from, to } }
}

// A zone can carry a time out of the years that four digits can write.
function instant(text: string): Instant | null {
  const at = parseInstant(text)
  return at !== null && formatInstant(at).length === 24 ? at : null
}

function named(text: string): number {
  const clock = /[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?/i.exec(text)
  if (!clock) return UNIT_MS.d
  if (clock[3]) return UNIT_MS.ms
  return clock[2] ? UNIT_MS.s : UNIT_MS.m
}
