import { LINE_FEED, PatternFault, type CodeRange, type ParsedPattern, type PatternNode } from './pattern-parse'

// A pattern runs as a machine with one step a character, so that its cost is known: no pattern and no text can make it
// explode. See R. Cox, "Regular Expression Matching Can Be Simple And Fast".

type Step = { ranges: readonly CodeRange[]; next: number } | { either: number[] } | 'fits'

export type StepProgram = { steps: readonly Step[]; start: number }

const MOST_STEPS = 4000

/** `backward`: the same pattern read from its end. */
export function toProgram(pattern: ParsedPattern, backward: boolean): StepProgram {
  const edge: PatternNode = { kind: 'set', ranges: [[LINE_FEED, LINE_FEED]] }
  const parts = [pattern.node]
  if (pattern.fromLineStart) parts.unshift(edge)
  if (pattern.toLineEnd) parts.push(edge)
  const steps: Step[] = ['fits']
  const add = (step: Step): number => {
    if (steps.length >= MOST_STEPS) throw new PatternFault('the pattern is too large')
    return steps.push(step) - 1
  }
  const build = (node: PatternNode, next: number): number => {
    if (node.kind === 'set') return add({ ranges: node.ranges, next })
    if (node.kind === 'any') return add({ either: node.parts.map((part) => build(part, next)) })
    if (node.kind === 'times') return repeat(node, next)
    const order = backward ? node.parts : node.parts.toReversed()
    return order.reduce((after, part) => build(part, after), next)
  }
  const repeat = (node: PatternNode & { kind: 'times' }, next: number): number => {
    let start = next
    if (node.most === Infinity) {
      const either = [next]
      start = add({ either })
      either.push(build(node.part, start))
    } else {
      for (let left = node.most - node.least; left > 0; left--) start = add({ either: [build(node.part, start), next] })
    }
    for (let left = node.least; left > 0; left--) start = build(node.part, start)
    return start
  }
  return { start: build({ kind: 'all', parts }, 0), steps }
}

/** Which characters the pattern cannot tell apart: the kind of each, and a character of each kind. */
export type CharacterKinds = { of: Uint8Array; samples: readonly number[] }

export function characterKinds(program: StepProgram): CharacterKinds {
  const edges = new Set<number>()
  for (const step of program.steps) {
    if (step === 'fits' || 'either' in step) continue
    for (const [from, to] of step.ranges) edges.add(from).add(to + 1)
  }
  edges.add(0).delete(0x1_0000)
  const samples = [...edges].sort((a, b) => a - b)
  if (samples.length > 256) throw new PatternFault('the pattern names too many different characters')
  const of = new Uint8Array(0x1_0000)
  for (const [kind, from] of samples.entries()) of.fill(kind, from)
  return { of, samples }
}

const MOST_STATES = 2000
const UNKNOWN = -1

/** States are made when they are first needed; when there are too many, all are forgotten. */
export class StepMachine {
  readonly #program: StepProgram
  readonly #kinds: CharacterKinds
  readonly #count: number
  /** Whether a match may begin at every character. */
  readonly #floats: boolean
  #table: Int32Array
  #sets: (readonly number[])[] = []
  #known = new Map<string, number>()
  #fits = new Uint8Array(MOST_STATES)

  constructor(program: StepProgram, kinds: CharacterKinds, floats: boolean) {
    this.#program = program
    this.#kinds = kinds
    this.#floats = floats
    this.#count = kinds.samples.length
    this.#table = new Int32Array(64 * this.#count).fill(UNKNOWN)
    this.start()
  }

  /** The state in which it begins. */
  start(): number {
    return this.#intern(this.#closure([this.#program.start]))
  }

  /** The first place after `from` at which a match ends, or -1; the text counts as if a line feed followed it. */
  firstEnd(text: string, from: number): number {
    const { of } = this.#kinds
    const count = this.#count
    let state = this.start()
    for (let at = from; at <= text.length; at++) {
      const kind = of[at === text.length ? LINE_FEED : text.charCodeAt(at)] ?? 0
      const known = this.#table[state * count + kind] ?? UNKNOWN
      state = known === UNKNOWN ? this.#step(state, kind) : known
      if (this.#fits[state] === 1) return at + 1
    }
    return -1
  }

  /** The farthest place at which a match ends that begins at `from`, up to `limit`, which may lie before; or -1. */
  farthest(text: string, from: number, limit: number): number {
    const { of } = this.#kinds
    const count = this.#count
    const stride = limit < from ? -1 : 1
    let state = this.start()
    let found = -1
    for (let place = from; place !== limit; place += stride) {
      const at = stride > 0 ? place : place - 1
      const kind = of[at >= text.length ? LINE_FEED : text.charCodeAt(at)] ?? 0
      const known = this.#table[state * count + kind] ?? UNKNOWN
      state = known === UNKNOWN ? this.#step(state, kind) : known
      if (this.#fits[state] === 1) found = place + stride
      if (this.#sets[state]?.length === 0) break
    }
    return found
  }

  #step(state: number, kind: number): number {
    const code = this.#kinds.samples[kind] ?? 0
    const next: number[] = this.#floats ? [this.#program.start] : []
    for (const at of this.#sets[state] ?? []) {
      const step = this.#program.steps[at]
      if (step === undefined || step === 'fits' || 'either' in step) continue
      if (step.ranges.some(([low, high]) => code >= low && code <= high)) next.push(step.next)
    }
    const set = this.#closure(next)
    const isFull = this.#sets.length >= MOST_STATES && !this.#known.has(set.join())
    if (isFull) this.#forget()
    const to = this.#intern(set)
    if (!isFull) this.#table[state * this.#count + kind] = to
    return to
  }

  #closure(from: readonly number[]): number[] {
    const seen = new Set<number>()
    const open = [...from]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      const step = this.#program.steps[at]
      if (step !== undefined && step !== 'fits' && 'either' in step) open.push(...step.either)
    }
    // Which way was taken to a step does not matter, only which steps may come next.
    return [...seen].filter((at) => !isChoice(this.#program.steps[at])).sort((a, b) => a - b)
  }

  #intern(set: readonly number[]): number {
    const key = set.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const state = this.#sets.push(set) - 1
    this.#known.set(key, state)
    this.#fits[state] = set[0] === 0 ? 1 : 0
    this.#makeRoom(this.#sets.length * this.#count)
    return state
  }

  #makeRoom(size: number): void {
    if (size <= this.#table.length) return
    const table = new Int32Array(this.#table.length * 2).fill(UNKNOWN)
    table.set(this.#table)
    this.#table = table
  }

  #forget(): void {
    this.#sets = []
    this.#known.clear()
    this.#table.fill(UNKNOWN)
  }
}

function isChoice(step: Step | undefined): boolean {
  return step !== undefined && step !== 'fits' && 'either' in step
}
