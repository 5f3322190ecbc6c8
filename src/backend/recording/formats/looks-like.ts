import { castHeader } from './asciicast'

const LOOKED_AT = 4096

/** First bytes of what people take for a recording, or find beside one. */
const MAGIC: { text: string; what: string }[] = [
  { text: '\x7fELF', what: 'a program' },
  { text: 'MZ', what: 'a program' },
  { text: 'PK\x03\x04', what: 'a zip archive' },
  { text: '%PDF', what: 'a PDF document' },
  { text: '\x89PNG', what: 'a picture' },
  { text: 'GIF8', what: 'a picture' },
  { text: '\xff\xd8\xff', what: 'a picture' },
  { text: 'SQLite format 3\0', what: 'a database' },
  { text: '\x1aE\xdf\xa3', what: 'a video' },
  { text: '\x1f\x8b', what: 'a gzip file inside another' },
  { text: '(\xb5/\xfd', what: 'a zstd file inside another' },
  { text: 'BZh', what: 'a bzip2 file inside another' },
]

/** In a sentence, what a file that is no recording seems to be. */
export function looksLike(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'The file is empty.'
  const head = Buffer.from(bytes.subarray(0, LOOKED_AT))
  const latin1 = head.toString('latin1')
  const magic = MAGIC.find(({ text }) => latin1.startsWith(text))
  if (magic !== undefined) return `The file looks like ${magic.what}.`
  if (latin1.startsWith('ustar', 257)) return 'The file looks like a tar archive.'
  return `The file looks like ${textKind(bytes, head.toString('utf8').trimStart())}.`
}

function textKind(bytes: Uint8Array, text: string): string {
  const header = castHeader(bytes)
  if (header !== null) return `an asciicast of version ${header.version}, which is not known`
  if (/^\[\[\s*-?[\d.eE+-]+\s*,\s*\{\s*"(?:lines|cursor)"/.test(text)) {
    return 'a list of screens that an asciinema server made for its player, not the recording it was made from'
  }
  if (/^\{[^]*"version"/.test(text)) return 'an asciicast whose header line cannot be read'
  if (/^[[{]/.test(text)) return 'JSON of another kind'
  if (/^<(?:!doctype|html|\?xml)/i.test(text)) return 'a web page'
  return isText(text) ? 'plain text' : 'binary data'
}

/** A text may end within a character here, and a terminal's has ESC, but neither has NUL. */
function isText(text: string): boolean {
  return !text.includes('\0') && !text.slice(0, -1).includes('�')
}
