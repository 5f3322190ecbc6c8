/** Tests whole texts in any case: `*` is any run, `?` one character. */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const wanted = Array.from(pattern.toLowerCase())
  return (text) => matchesWildcard(Array.from(text.toLowerCase()), wanted)
}

/**
 * Greedy match that goes back only to the last `*`: at most length of text times length of pattern steps. A regular
 * expression made of the pattern could be driven to far more by hostile text.
 */
function matchesWildcard(text: string[], pattern: string[]): boolean {
  let at = 0
  let p = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = at
    } else if (pattern[p] === '?' || (p < pattern.length && pattern[p] === text[at])) {
      p++
      at++
    } else if (star >= 0) {
      p = star + 1
      at = ++resume
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
