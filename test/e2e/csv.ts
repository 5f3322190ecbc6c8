/** Reads a table after RFC 4180. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = [[]]
  const cell = /"((?:[^"]|"")*)"|([^",\r\n]*)/y
  let at = 0
  while (at < text.length) {
    cell.lastIndex = at
    const [whole = '', quoted, bare = ''] = cell.exec(text) ?? []
    lines.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    at += whole.length
    if (text[at] === ',') at++
    else if (text.startsWith('\r\n', at)) {
      at += 2
      if (at < text.length) lines.push([])
    } else if (at < text.length) throw new Error(`no table at ${at}: ${text.slice(at, at + 40)}`)
  }
  return lines
}
