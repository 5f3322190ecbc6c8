import { clockWords } from './clock-words'
import type { Clip } from './replay-context'

/** Both ends, in order; null until both are set apart. */
export function clipSpan({ from, to }: Clip): { from: number; to: number } | null {
  if (from === null || to === null || from === to) return null
  return { from: Math.min(from, to), to: Math.max(from, to) }
}

/** `13:20 to 14:02` */
export function clipWords({ from, to }: { from: number; to: number }, longest: number): string {
  return `${clockWords(from, longest)} to ${clockWords(to, longest)}`
}
