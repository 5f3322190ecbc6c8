/** The final byte that chose a character set (SCS); null for ASCII. */
export type Charset = string | null

/** Those that xterm knows, ASCII aside. */
const KNOWN = ['0', 'A', '4', 'C', '5', 'R', 'Q', 'K', 'Y', 'E', '6', 'Z', 'H', '7', '='] as const
export const CHARSET_FINALS: readonly string[] = [...KNOWN, 'B']

/** Which intermediate byte chooses which of the four sets; `/` is taken by xterm and does nothing. */
export const CHARSET_SLOTS: readonly (readonly [string, number])[] = [
  ['(', 0],
  [')', 1],
  ['*', 2],
  ['+', 3],
  ['-', 1],
  ['.', 2],
]

/** Which sequence brings which of the four sets to use; SO (1) and SI (0) do too. */
export const SHIFTS: readonly (readonly [string, number])[] = [
  ['n', 2],
  ['o', 3],
  ['|', 3],
  ['}', 2],
  ['~', 1],
]

export type Charsets = {
  /** G0 to G3. */
  sets: [Charset, Charset, Charset, Charset]
  /** Which of them is in use. */
  level: number
  /** What characters go through: that of `level`, until a cursor is restored. */
  current: Charset
}

export function plainCharsets(): Charsets {
  return { sets: [null, null, null, null], level: 0, current: null }
}

export function choose(charsets: Charsets, slot: number, final: string): void {
  charsets.sets[slot] = final === 'B' ? null : final
  if (charsets.level === slot) charsets.current = charsets.sets[slot]
}

export function shift(charsets: Charsets, level: number): void {
  charsets.level = level
  charsets.current = charsets.sets[level] ?? null
}

/** The sequences that bring a reset terminal to these sets, and `current` to that of `level`. */
export function charsetSequence({ sets, level }: Charsets): string {
  const chosen = ['(', ')', '*', '+'].map((byte, slot) => (sets[slot] == null ? '' : `\x1b${byte}${sets[slot]}`))
  return chosen.join('') + (['', '\x0e', '\x1bn', '\x1bo'][level] ?? '')
}
