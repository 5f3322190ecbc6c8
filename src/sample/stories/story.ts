import type { Random } from '../data/random'

type When = {
  /** Milliseconds from the story's beginning. */
  at: number
  /** User name, or one that nobody has. */
  user: string
  /** Absent: one of the person's own. */
  address?: string
}

export type Step =
  | (When & { kind: 'login' | 'login_failed' | 'logout' })
  | (When & { kind: 'user_updated'; other: string; to: 'company_admin' | 'password reset' })
  | (When & { kind: 'machine_deleted'; machine: string })
  | (When & { kind: 'visit'; machine: string; commands: readonly string[]; pace: number })

/** Something that happened, as data: who looks for it finds these records. */
export type Story = {
  name: string
  title: string
  description: string
  /** The harmless one names the story that it resembles. */
  looksLike?: string
  /** Milliseconds before the origin, at least: it begins at the last `utcHour`:`utcMinute` before then. */
  before: number
  utcHour: number
  utcMinute: number
  /** Milliseconds. */
  lasts: number
  actors: readonly string[]
  /** Steps in any order. `scale` is 1 from 200,000 events on and smaller with fewer. */
  steps(random: Random, scale: number): Step[]
}
