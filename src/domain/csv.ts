/** Characters that one cell of a spreadsheet holds. */
const CELL = 32_767

type Cell = string | number | null | undefined

/** One line after RFC 4180, its cells safe for spreadsheets. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(safeCell(cell ?? '')))).join(',')}\r\n`
}

/** The same with every text as it is: a spreadsheet may take one for a formula. */
export function rawCsvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => quoted(String(cell ?? ''))).join(',')}\r\n`
}

/**
 * A cell that no spreadsheet takes for a formula: what begins with = + - @ or a control character gets an apostrophe in
 * front (OWASP, "CSV Injection"); a leading blank or full-width sign does not hide it. So do digits that a spreadsheet
 * would round or shorten. What is longer than a cell ends in a mark that says so.
 */
function safeCell(text: string): string {
  const safe = FORMULA.test(text) || MANGLED.test(text) ? `'${text}` : text
  if (safe.length <= CELL) return safe
  const mark = ` … [cut here; ${text.length} characters in all, complete in JSON Lines]`
  return safe.slice(0, CELL - mark.length).replace(/[\ud800-\udbff]$/, '') + mark
}

const FORMULA = /^[\s\u0000-\u001f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/
/** More digits than a double has, zeros in front, or a text such as 12e9 that is read as a number. */
const MANGLED = /^(?:\d{16,}|0\d+|\d+e\d+)$/i

function quoted(text: string): string {
  return /[",\r\n\u0000]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
