import { type Random } from '../data/random'
import { left, lines, right } from './text'
import type { Frame } from './tape'

/** What a program knows of where it runs. */
export type Scene = {
  command: string
  random: Random
  user: string
  host: string
  cols: number
  rows: number
  /** UTC milliseconds of Enter. */
  at: number
  /** Characters that its output may have, about. */
  room: number
}

/** What a command does to the terminal. */
export type Output = {
  frames: Frame[]
  /** Comes at the end, however much of `frames` there was room for. */
  end?: Frame[]
  /** 0 where it went well. */
  exit?: number
}

export type Program = (scene: Scene) => Output

/** Output that comes at once. */
export function said(...all: readonly string[]): Output {
  return { frames: [{ wait: 25, text: lines(...all) }] }
}

export const SILENT: Output = { frames: [] }

/** Lines one after the other. */
export function slowly(random: Random, wait: number, all: readonly string[]): Frame[] {
  return all.map((line) => ({ wait: wait * (0.3 + 1.4 * random()), text: lines(line) }))
}

/** Rows in columns, the first ones left and numbers right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => String(row[at] ?? '').length)))
  return rows.map((row) =>
    row.map((cell, at) => (typeof cell === 'number' ? right(cell, widths[at] ?? 0) : left(cell, widths[at] ?? 0))).join('  ').trimEnd(),
  )
}

export function many<T>(count: number, each: (at: number) => T): T[] {
  return Array.from({ length: Math.max(0, Math.floor(count)) }, (_, at) => each(at))
}

/** The number in a command, as of `-n 20`. */
export function numberIn({ command }: Scene, otherwise: number): number {
  return Number(/-n? ?(\d+)\b/.exec(command)?.[1] ?? otherwise)
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `Feb  6`, `11:58:01` and ISO 8601, in UTC. */
export function clockOf(at: number): { day: string; time: string; iso: string } {
  const date = new Date(at)
  const iso = date.toISOString()
  return { day: `${MONTHS[date.getUTCMonth()]} ${right(date.getUTCDate(), 2)}`, time: iso.slice(11, 19), iso }
}
