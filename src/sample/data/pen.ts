import { addFact, type Fact, type Facts, type SerialSpace } from './facts'
import type { Organisation } from './organisation'
import { below, type Random } from './random'

/** Writes facts and counts those that make up the number of events. */
export type Pen = {
  facts: Facts
  organisation: Organisation
  random: Random
  space: SerialSpace
  /** What begins before this time ends before it too. */
  until: number
  counted: number
}

export function write(pen: Pen, fact: Fact): number {
  pen.counted++
  return addFact(pen.facts, fact, pen.space)
}

export type Visit = {
  user: number
  machine: number
  at: number
  /** What is typed, as numbers of texts; 0 is made up. */
  commands: readonly number[]
  /** Milliseconds between two commands, about. */
  pace: number
  address?: number
  /** Share of commands that only the machine's log shows. */
  unheard?: number
}

/** A session on a machine: access, session, commands in the audit and in the machine's log. */
export function writeVisit(pen: Pen, { user, machine, at, commands, pace, address = 0, unheard = 0 }: Visit): number {
  const { facts, random } = pen
  const step = Math.min(pace, Math.max(0, pen.until - at - 1) / (commands.length + 2))
  const serial = facts.next[pen.space]
  const end = at + step * (commands.length + 1) + 2 * 60_000 + below(random, 20) * 60_000
  const first = facts.size
  const session = facts.sessions.push({ user, machine, start: at, end, commands: commands.length, serial, first })
  write(pen, { time: at, kind: 'machine_access', user, machine, session, address })
  write(pen, { time: at + Math.min(step, 900) / 2, kind: 'session', user, machine, session, address })
  // One object for all commands: a copy each would be most of the work of a start.
  const command: Fact = { time: at, kind: 'command_executed', user, machine, session, address, text: 0, failed: false }
  for (const text of commands) {
    command.time = Math.min(command.time + step * (0.4 + random()), at + step * (commands.length + 1))
    command.text = text
    command.failed = random() < 0.04
    writeCommand(pen, command, random() < unheard)
  }
  return command.time
}

/** The log's copy is no event of its own, has an id of its own and follows within a second. */
function writeCommand(pen: Pen, command: Fact, unheard: boolean): void {
  const { time } = command
  command.kind = unheard ? 'log' : 'command_executed'
  const first = write(pen, command)
  if (unheard) return
  command.kind = 'log'
  command.time = time + 20 + below(pen.random, 900)
  const log = addFact(pen.facts, command, pen.space)
  command.time = time
  pen.facts.copy[first] = log + 1
  pen.facts.copy[log] = first + 1
}

/** The number of a text; not remembered by content, so it is for what stands once. */
export function textNumber(facts: Facts, text: string): number {
  return facts.texts.push(text) - 1
}
