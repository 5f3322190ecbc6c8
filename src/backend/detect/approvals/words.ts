import type { Instant, Milliseconds } from '../../../domain'

/** `1 request`, `2 requests`. */
export function many(n: number, one: string, several = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : several}`
}

export function count(n: number): string {
  return n.toLocaleString('en-US')
}

/** Two digits that count: `3.1`, `0.042`, `18`. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'no end' : '0'
  if (value === 0) return '0'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return Math.abs(value) < 0.01 ? value.toExponential(1) : String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)))
}

/** A probability: `0.0031`, `2.6e-11`, `< 1e-300`. */
export function chance(p: number): string {
  if (p < 1e-300) return '< 1e-300'
  return p < 0.001 ? p.toExponential(1) : String(Number(p.toPrecision(2)))
}

/** `88 %`; what is not all and not nothing never says so. */
export function share(part: number): string {
  if (part > 0 && part < 0.01) return '< 1 %'
  if (part < 1 && part > 0.99) return '> 99 %'
  return `${Math.round(part * 100)} %`
}

/** `6 s`, `8 m 40 s`, `3 h 5 m`, `2 d 4 h`. */
export function span(ms: Milliseconds): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return ms < 10_000 ? `${number(ms / 1000)} s` : `${seconds} s`
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)]
  if (hours === 0) return pair([minutes, 'm'], [seconds % 60, 's'])
  return days === 0 ? pair([hours, 'h'], [minutes % 60, 'm']) : pair([days, 'd'], [hours % 24, 'h'])
}

function pair([first, unit]: [number, string], [second, smaller]: [number, string]): string {
  return second === 0 ? `${first} ${unit}` : `${first} ${unit} ${second} ${smaller}`
}

export function day(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10)
}

export function hour(at: number): string {
  return `${String(at).padStart(2, '0')}:00`
}

/** `a, b and 3 others`. */
export function list(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most)
  const others = names.length - shown.length
  if (others > 0) return `${shown.join(', ')} and ${many(others, 'other')}`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
