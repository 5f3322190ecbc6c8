/** A written time, before a year or a zone is taken for it. */
export type Stamp = {
  /** 0 when the record has none. */
  year: number
  /** From 1. */
  month: number
  day: number
  /** Milliseconds since midnight. */
  clock: number
  precision: 's' | 'ms' | 'us'
  /** Milliseconds ahead of UTC; null when the record names no zone. */
  zone: number | null
}

/** A place in a text that reading moves on; `end` is exclusive. */
export type Scan = { text: string; at: number; end: number }

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** The three characters of a name in one number; texts are latin1, so each fits a byte. */
const packed = (a: number, b: number, c: number) => (a << 16) | (b << 8) | c
/** Where a month stands in a table: the last two characters tell all of them apart. */
const placeOf = (b: number, c: number) => (b + c) & 31
const MONTHS = new Uint8Array(32)
const PACKED_NAMES = new Uint32Array(32)
for (const [i, name] of NAMES.entries()) {
  const [a = 0, b = 0, c = 0] = Buffer.from(name)
  MONTHS[placeOf(b, c)] = i + 1
  PACKED_NAMES[placeOf(b, c)] = packed(a, b, c)
}
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Whether the day is in the month; in no year at all (0), 29 February is. */
export function isDay(year: number, month: number, day: number): boolean {
  if (day < 1 || day > (DAYS[month - 1] ?? 0)) return false
  return !(month === 2 && day === 29 && year !== 0 && !isLeap(year))
}

/**
 * Reads `Dec 10 06:55:46` (RFC 3164, also with a year before the month or after the day) or
 * `2026-11-20T15:55:09.123456+00:00` (RFC 3339). False when there is no such time.
 */
export function readStamp(scan: Scan, stamp: Stamp): boolean {
  stamp.zone = null
  const first = scan.text.charCodeAt(scan.at)
  if (first < 48 || first > 57) return readNamedMonth(scan, stamp, 0)
  const year = digits(scan.text, scan.at, 4)
  const after = scan.text.charCodeAt(scan.at + 4)
  scan.at += 5
  if (after === 32) return readNamedMonth(scan, stamp, year)
  return after === 45 && readIso(scan, stamp, year)
}

function readNamedMonth(scan: Scan, stamp: Stamp, year: number): boolean {
  const { text } = scan
  const month = monthAt(text, scan.at)
  if (month === 0 || text.charCodeAt(scan.at + 3) !== 32) return false
  let at = scan.at + 4
  if (text.charCodeAt(at) === 32) at++
  const wide = isDigit(text, at + 1) ? 2 : 1
  stamp.day = wide === 2 ? twoDigits(text, at) : digits(text, at, 1)
  at += wide
  if (text.charCodeAt(at) !== 32) return false
  if (year === 0 && text.charCodeAt(at + 5) === 32) {
    year = digits(text, at + 1, 4)
    at += 5
  }
  stamp.year = year
  stamp.month = month
  scan.at = at + 1
  return year >= 0 && isDay(year, month, stamp.day) && readClock(scan, stamp)
}

function readIso(scan: Scan, stamp: Stamp, year: number): boolean {
  const { text, at } = scan
  stamp.year = year
  stamp.month = digits(text, at, 2)
  stamp.day = digits(text, at + 3, 2)
  const separator = text.charCodeAt(at + 5)
  if (text.charCodeAt(at + 2) !== 45 || (separator !== 84 && separator !== 32)) return false
  scan.at = at + 6
  return year > 0 && isDay(year, stamp.month, stamp.day) && readClock(scan, stamp) && readZone(scan, stamp)
}

function readClock(scan: Scan, stamp: Stamp): boolean {
  const { text, at } = scan
  const hour = twoDigits(text, at)
  const minute = twoDigits(text, at + 3)
  const second = twoDigits(text, at + 6)
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return false
  // 60 is a leap second.
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false
  stamp.clock = ((hour * 60 + minute) * 60 + second) * 1000
  scan.at = at + 8
  stamp.precision = 's'
  const mark = text.charCodeAt(scan.at)
  if ((mark === 46 || mark === 44) && isDigit(text, scan.at + 1)) readFraction(scan, stamp)
  return scan.at <= scan.end
}

function readFraction(scan: Scan, stamp: Stamp): void {
  let at = scan.at + 1
  let worth = 100
  while (isDigit(scan.text, at)) {
    stamp.clock += Math.floor(worth) * (scan.text.charCodeAt(at) - 48)
    worth /= 10
    at++
  }
  stamp.precision = at - scan.at - 1 > 3 ? 'us' : 'ms'
  scan.at = at
}

function readZone(scan: Scan, stamp: Stamp): boolean {
  const { text, at } = scan
  const sign = text.charCodeAt(at)
  if (sign === 90 || sign === 122) {
    stamp.zone = 0
    scan.at = at + 1
  } else if (sign === 43 || sign === 45) {
    const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0
    const hours = digits(text, at + 1, 2)
    const minutes = digits(text, at + 3 + colon, 2)
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false
    stamp.zone = (sign === 45 ? -1 : 1) * (hours * 60 + minutes) * 60_000
    scan.at = at + 5 + colon
  }
  return scan.at <= scan.end
}

/** From 1; 0 where no month stands. */
function monthAt(text: string, at: number): number {
  const b = text.charCodeAt(at + 1)
  const c = text.charCodeAt(at + 2)
  const place = placeOf(b, c)
  return PACKED_NAMES[place] === packed(text.charCodeAt(at), b, c) ? (MONTHS[place] ?? 0) : 0
}

export function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** The same as `digits` of two, for what every line has. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at)
  const ones = text.charCodeAt(at + 1)
  return tens >= 48 && tens <= 57 && ones >= 48 && ones <= 57 ? tens * 10 + ones - 528 : -1
}

/** Exactly `count` digits at a place, or -1. */
function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const code = text.charCodeAt(i)
    if (!(code >= 48 && code <= 57)) return -1
    value = value * 10 + code - 48
  }
  return value
}
