const NOT_ASCII = /[^\0-\x7f]/

/**
 * The lower-case form for searching, of the same length as the text, so that places in one are places in the other.
 * Two rules differ from `toLowerCase`: a character whose lower case is longer stays as it is (U+0130), and a sigma is
 * the same at the end of a word as within it.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (!NOT_ASCII.test(text)) return lower
  const same = lower.length === text.length ? lower : foldEach(text)
  return same.replaceAll('ς', 'σ')
}

function foldEach(text: string): string {
  const pieces: string[] = []
  for (const character of text) {
    const lower = character.toLowerCase()
    pieces.push(lower.length === character.length ? lower : character)
  }
  return pieces.join('')
}
