import type { Marks } from './mark'

/** A moment of a recording that people marked or wrote about; seconds since its start. */
export type MarkedMoment = { at: number; marks: Marks }

export type MomentMethods = {
  /** Ascending. */
  'mark.moments': MarkedMoment[]
}
