/** One line after RFC 4180. */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : csvCell(cell ?? ''))).join(',')}\r\n`
}

/**
 * A cell that no spreadsheet takes for a formula: what begins with = + - @ or a control character gets an apostrophe in
 * front (OWASP, "CSV Injection"); a leading blank or full-width sign does not hide it.
 */
function csvCell(text: string): string {
  const safe = /^[\s\u0000-\u001f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n\u0000]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
