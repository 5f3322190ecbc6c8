import type { Inline, ZoneClock } from '../document'

/** Inline text without its marks. */
export function cellWords(parts: readonly Inline[], clock: ZoneClock): string {
  return parts.map((part) => wordsOf(part, clock)).join('')
}

function wordsOf(part: Inline, clock: ZoneClock): string {
  switch (part.kind) {
    case 'text':
    case 'code':
      return part.text
    case 'time':
      return clock.exact(part.at)
    case 'state':
      return part.state
    case 'break':
      return ' '
    default:
      return cellWords(part.of, clock)
  }
}
