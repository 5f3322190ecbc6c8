import type { Answer } from '../http/answer'
import type { Chronicle } from '../data/generate'
import type { World } from '../data/world'
import type { Plan } from '../options'

/** How an answer leaves: after a while, or not whole. */
export type Delivery = {
  answer: Answer
  /** Milliseconds. */
  delay?: number
  /** Bytes after which the line is cut. */
  drop?: number
}

export type Asked = {
  /** Path with query. */
  target: string
  token: string
  /** Server clock, UTC milliseconds. */
  now: number
}

/** What a fault does, at the places where it can. */
export type FaultParts = {
  /** Before the lists are filled: moves times. */
  move?: (told: Chronicle, order: Uint32Array) => void
  twice?: (number: number) => boolean
  /** Once the lists are filled. */
  open?: (world: World) => void
  /** Before each authenticated GET of the API, which is the `count`th, from 1. */
  before?: (world: World, count: number) => void
  /** Answers in the place of the server. */
  refuse?: (asked: Asked) => Answer | null
  locked?: (machine: number) => boolean
  limit?: (asked: number) => number
  ignoresWindow?: boolean
  total?: (total: number) => number
  changed?: (number: number) => boolean
  huge?: (number: number) => boolean
  /** Among `length` records of one instant: which stands at this place in this request. */
  reorder?: (run: { time: number; length: number; request: number }, place: number) => number
  deliver?: (delivery: Delivery) => Delivery
  /** Writes a row for every GET, as the server dialect always does. */
  notesGets?: boolean
}

export type Setup = {
  plan: Plan
  /** Base of the other origin. */
  elsewhere: () => string
}
