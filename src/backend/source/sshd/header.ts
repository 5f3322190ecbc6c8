import { decode, type Line } from './lines'
import { readStamp, type Scan, type Stamp } from './stamp'

/** What stands before the message; the object is used again for the next line. */
export type Header = {
  stamp: Stamp
  host: string
  /** The tag as written: `sshd`, `sshd(pam_unix)`, `gdm-password]`. */
  program: string
  /** -1 when there is none, or it is no number. */
  pid: number
  /** Whether `program` was really written as a tag, ended by a colon. */
  tagged: boolean
  /** Where the message starts in the line's text. */
  message: number
  /** Tags met before, see `knownTag`. */
  tags: string[]
  /** Of each of them, its last four characters. */
  tagEnds: Int32Array
}

const SPACE = 32
const COLON = 58
const OPEN = 91
const CLOSE = 93
const DASH = 45
const QUOTE = 34
const BACKSLASH = 92
const PID_DIGITS = 9

/**
 * A reader of line headers: RFC 3164, the same with an RFC 3339 time (rsyslog's default since Debian 12), and RFC 5424.
 * Answers null or why the header cannot be read.
 */
export function createHeaders(): { header: Header; read: (line: Line) => string | null } {
  const stamp: Stamp = { year: 0, month: 1, day: 1, clock: 0, precision: 's', zone: null }
  const header: Header = { stamp, host: '', program: '', pid: -1, tagged: false, message: 0, tags: [], tagEnds: new Int32Array(TAGS) }
  const scan: Scan = { text: '', at: 0, end: 0 }
  // The host of the line before, as latin1: most lines of a file have the same.
  let lastHost = ''

  function read(line: Line): string | null {
    scan.text = line.text
    scan.at = line.start
    scan.end = line.end
    skipMark(scan)
    const versioned = skipPriority(scan)
    if (!readStamp(scan, stamp) || !endsWord(scan)) return 'no readable time'
    skipSpaces(scan)
    const host = readHost(line)
    if (host !== null) return host
    if (scan.at >= scan.end) return 'no program'
    return versioned ? readFields(scan, header) : readTag(scan, header)
  }

  function readHost(line: Line): string | null {
    const from = scan.at
    const known = lastHost !== '' && scan.text.startsWith(lastHost, from)
    if (known && scan.text.charCodeAt(from + lastHost.length) === SPACE) scan.at += lastHost.length
    else {
      skipWord(scan)
      const host = scan.text.slice(from, scan.at)
      if (host === '' || host.endsWith(':')) return 'no host'
      lastHost = host
      header.host = decode(line, from, scan.at)
    }
    skipSpaces(scan)
    return null
  }

  return { header, read }
}

/** The tag of RFC 3164: `sshd[123]: `, `sshd: `, or just words. */
function readTag(scan: Scan, header: Header): null {
  const { text, end } = scan
  const start = scan.at
  let at = start
  let code = text.charCodeAt(at)
  // The last four characters; texts are latin1, so each fits a byte.
  let ending = 0
  while (at < end && code !== OPEN && code !== COLON && code !== SPACE) {
    ending = (ending << 8) | code
    code = text.charCodeAt(++at)
  }
  header.program = knownTag(header, text, { start, end: at, ending })
  header.pid = -1
  if (code === OPEN && at < end) {
    header.pid = numberAt(text, at + 1)
    while (at < end && text.charCodeAt(at) !== CLOSE) at++
    at++
  }
  header.tagged = at < end && text.charCodeAt(at) === COLON
  if (!header.tagged) header.message = start
  else header.message = text.charCodeAt(at + 1) === SPACE && at + 1 < end ? at + 2 : at + 1
  return null
}

const TAGS = 64

/** A tag as the very string of its last time, where it is found at its place: whoever looks it up finds that faster. */
function knownTag({ tags, tagEnds }: Header, text: string, tag: { start: number; end: number; ending: number }): string {
  const { start, end, ending } = tag
  const place = ((end - start) * 7 + ending + (ending >>> 8) * 3) & (TAGS - 1)
  const known = tags[place]
  const isAlike = known !== undefined && tagEnds[place] === ending && known.length === end - start
  if (isAlike && (end - start <= 4 || text.startsWith(known, start))) return known
  tagEnds[place] = ending
  return (tags[place] = text.slice(start, end))
}

/** What RFC 5424 has after the host: `app procid msgid - msg`, the dash being structured data. */
function readFields(scan: Scan, header: Header): string | null {
  const from = scan.at
  skipWord(scan)
  header.program = scan.text.slice(from, scan.at)
  skipSpaces(scan)
  header.pid = numberAt(scan.text, scan.at)
  skipWord(scan)
  skipSpaces(scan)
  skipWord(scan)
  skipSpaces(scan)
  if (scan.at >= scan.end) return 'no program'
  header.tagged = true
  skipStructuredData(scan)
  if (scan.at < scan.end && scan.text.charCodeAt(scan.at) === SPACE) scan.at++
  skipMark(scan)
  header.message = scan.at
  return null
}

function skipStructuredData(scan: Scan): void {
  const { text, end } = scan
  if (text.charCodeAt(scan.at) === DASH) scan.at++
  let quoted = false
  let depth = 0
  while (scan.at < end) {
    const code = text.charCodeAt(scan.at)
    if (quoted && code === BACKSLASH) scan.at++
    else if (depth > 0 && code === QUOTE) quoted = !quoted
    else if (!quoted && code === OPEN) depth = 1
    else if (!quoted && code === CLOSE) depth = 0
    else if (depth === 0) return
    scan.at++
  }
  scan.at = Math.min(scan.at, end)
}

/** Passes `<34>` and answers whether RFC 5424's version follows. */
function skipPriority(scan: Scan): boolean {
  const { text } = scan
  if (text.charCodeAt(scan.at) !== 60) return false
  const close = text.indexOf('>', scan.at)
  if (close < 0 || close > scan.at + 4) return false
  scan.at = close + 1
  if (text.charCodeAt(scan.at) !== 49 || text.charCodeAt(scan.at + 1) !== SPACE) return false
  scan.at += 2
  return true
}

/** Passes a byte order mark. */
function skipMark(scan: Scan): void {
  if (scan.text.charCodeAt(scan.at) === 0xef && scan.text.startsWith('\xef\xbb\xbf', scan.at)) scan.at += 3
}

function endsWord(scan: Scan): boolean {
  return scan.at >= scan.end || scan.text.charCodeAt(scan.at) === SPACE
}

function skipSpaces(scan: Scan): void {
  while (scan.at < scan.end && scan.text.charCodeAt(scan.at) === SPACE) scan.at++
}

function skipWord(scan: Scan): void {
  while (scan.at < scan.end && scan.text.charCodeAt(scan.at) !== SPACE) scan.at++
}

function numberAt(text: string, at: number): number {
  let value = 0
  let i = at
  for (; i < at + PID_DIGITS; i++) {
    const code = text.charCodeAt(i)
    if (!(code >= 48 && code <= 57)) break
    value = value * 10 + code - 48
  }
  return i === at ? -1 : value
}
