import { below, type Random } from '../data/random'

/** Characters as a terminal sees them. */
export const ESC = '\u001b'
export const NEW_LINE = '\r\n'
export const BELL = '\u0007'

/** Text in a colour, by the numbers of SGR. */
export function colour(code: string, text: string): string {
  return `${ESC}[${code}m${text}${ESC}[0m`
}

/** Puts the cursor at a row and a column, both from 1. */
export function moveTo(row: number, column: number): string {
  return `${ESC}[${row};${column}H`
}

export function lines(...all: readonly string[]): string {
  return all.map((line) => line + NEW_LINE).join('')
}

/** What readline shows of a text: controls as `^X`, a tab as blanks. Each element is one character or sign. */
export function shownKeys(text: string): string[] {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0
    if (char === '\t') return '    '
    return code < 32 ? `^${String.fromCharCode(code + 64)}` : char
  })
}

/** Columns of a shown sign. */
export function widthOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0
  if (sign.length > 1 && code < 0x80) return sign.length
  if (/\p{Mn}|\p{Cf}/u.test(sign)) return 0
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xffdc) || code >= 0x1f300 ? 2 : 1
}

export function between(random: Random, low: number, high: number): number {
  return low + below(random, high - low + 1)
}

export function anyOf<T>(random: Random, all: readonly T[]): T {
  return all[below(random, all.length)] as T
}

export function right(value: number | string, width: number): string {
  return String(value).padStart(width)
}

export function left(value: number | string, width: number): string {
  return String(value).padEnd(width)
}
