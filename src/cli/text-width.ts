// What most terminals draw two columns wide: East Asian wide and full-width characters, and pictures.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const NARROW = /^[\u0020-\u10ff]*$/
const COMBINING = /\p{M}/u

/** Columns a text takes on a terminal. */
export function textWidth(text: string): number {
  if (NARROW.test(text) && !COMBINING.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

function characterWidth(character: string): number {
  if (COMBINING.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** The text in exactly so many columns: filled with blanks, or cut with `…` at its end. */
export function fitted(text: string, columns: number): string {
  const width = textWidth(text)
  if (width <= columns) return text + ' '.repeat(columns - width)
  let kept = ''
  let taken = 0
  for (const character of text) {
    const next = characterWidth(character)
    if (taken + next > columns - 1) break
    kept += character
    taken += next
  }
  return `${kept}…${' '.repeat(columns - taken - 1)}`
}
