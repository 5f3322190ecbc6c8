/** Drops fields that are absent, so that they are left out and not empty. */
export function present<T extends Record<string, unknown>>(fields: T): Partial<T> {
  const kept: Partial<T> = {}
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name]
  return kept
}

/** At most so many UTF-16 units, the last of them an ellipsis where something was cut; no character is cut in two. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** One line: control characters become their pictures (U+2400), which leaves every other character as it is. */
export function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\u2424'
  })
}

/** Text of a record's bytes. */
export function rawText(raw: Uint8Array): string {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('utf8')
}
