import type { Machine, Person } from '../data/organisation'
import { mix, randomFrom, type Random } from '../data/random'
import { banner, promptOf } from './banner'
import { SILENT, type Output, type Scene } from './program'
import { outputOf } from './programs'
import { monitor } from './screens'
import { lengthOf, Tape, type Frame } from './tape'
import { ESC, BELL, NEW_LINE } from './text'
import { typed, type Typist } from './typing'

export type PlayedSession = {
  id: string
  person: Person
  machine: Machine
  /** UTC milliseconds. */
  start: number
  end: number
  /** `at` is when Enter was pressed. */
  commands: readonly { at: number; text: string; failed: boolean }[]
  /** Decides everything that is not said here. */
  hash: number
}

/** A terminal at work. */
type Shell = PlayedSession & {
  tape: Tape
  random: Random
  typist: Typist
  size: { cols: number; rows: number }
  folder: string
  exit: number
  history: string[]
  /** Until when sudo asks for no password. */
  trusted: number
}

/** Characters of a recording, about. */
const MOST = 150_000
const LEAST_ROOM = 2500
const TRUST = 15 * 60_000
/** Milliseconds without a command in which somebody looks at how the machine is. */
const IDLE = 35_000

/** Plays a session from sign-in to end; gives the recording. The same for the same session for ever. */
export function playSession(session: PlayedSession): string {
  const { id, person, start, hash, commands, end } = session
  const random = randomFrom(hash)
  const shell: Shell = {
    ...session,
    tape: new Tape({ start, title: `Session ${id.slice(0, 8)} — ${person.username}` }),
    random,
    typist: { random, pace: 70 + (mix(person.habit, 4) % 90) },
    // A few sit before a smaller window than the one that the header claims.
    size: hash % 6 === 0 ? { cols: 180, rows: 45 } : { cols: 220, rows: 50 },
    folder: '~',
    exit: 0,
    history: [],
    trusted: -Infinity,
  }
  shell.tape.play(banner(random, session, start), (start + (commands[0]?.at ?? end)) / 2)
  showPrompt(shell)
  const first = commands[0]?.at ?? end
  if (!person.service && commands.length < 3 && first - shell.tape.now > IDLE) lookAround(shell, first - IDLE / 3)
  for (const number of commands.keys()) enter(shell, number)
  leave(shell)
  return shell.tape.text()
}

function showPrompt(shell: Shell): void {
  const { text, before, after } = promptOf(shell)
  shell.tape.play([{ wait: 15, text: `${before}${text}${after}` }])
}

/** Types a command, runs it and waits for the next prompt. */
function enter(shell: Shell, number: number): void {
  const { tape, commands, person, random, end } = shell
  const command = commands[number]
  if (!command) return
  const next = commands[number + 1]?.at ?? end
  type(shell, command.text, command.at)
  const until = command.at + (next - command.at) * 0.7
  askPassword(shell, command, until)
  const room = Math.max(LEAST_ROOM, (MOST - tape.size) / (commands.length - number))
  const isLast = number === commands.length - 1
  show(shell, run(shell, { ...command, isLast, room }), { room, until })
  if (isLast && command.text === 'exit') return
  showPrompt(shell)
  const quiet = next - tape.now
  if (!person.service && quiet > IDLE && (commands.length < 3 || random() < 0.15)) lookAround(shell, next - IDLE / 3)
}

function type(shell: Shell, text: string, at: number): void {
  const { tape, person, history, size } = shell
  const prompt = promptOf(shell)
  const place = { prompt: prompt.text, indent: prompt.indent, cols: size.cols, history }
  // A program sends a whole line at once.
  const frames = person.service ? [{ wait: 20, text: `${text}${NEW_LINE}${ESC}[?2004l\r` }] : typed(shell.typist, place, text)
  tape.playUpTo(frames, at)
  history.push(text)
}

type Run = { text: string; failed: boolean; isLast: boolean; room: number }

function run(shell: Shell, { text, failed, isLast, room }: Run): Output {
  if (text === 'exit') {
    return { frames: [{ wait: 20, text: `logout${NEW_LINE}${isLast ? '' : `There are stopped jobs.${NEW_LINE}`}` }], exit: isLast ? 0 : 1 }
  }
  const folder = /^cd (\S+)$/.exec(text)?.[1]
  if (folder !== undefined && !failed) {
    shell.folder = folder
    return SILENT
  }
  return outputOf(sceneOf(shell, { command: text, room }), { failed, before: shell.history })
}

/** The frames that there is room for, then the end. */
function show(shell: Shell, { frames, end = [], exit = 0 }: Output, { room, until }: { room: number; until: number }): void {
  let size = 0
  const shown = frames.filter(({ text }, at) => (size += text.length * 1.3 + 24) <= room || at === 0)
  const marks = shell.person.habit % 3 === 2
  const mark = (text: string): Frame[] => (marks ? [{ wait: 1, text: `${ESC}]133;${text}${BELL}` }] : [])
  shell.tape.play([...mark('C'), ...shown, ...end, ...mark(`D;${exit}`)], until)
  shell.exit = exit
}

/** Nothing is echoed of a password; a wrong one is asked for again. */
function askPassword(shell: Shell, { text, failed }: { text: string; failed: boolean }, until: number): void {
  const { person, random, tape } = shell
  if (!/^sudo |; sudo /.test(text) || person.service || tape.now < shell.trusted) return
  const ask = `[sudo] password for ${person.username}: `
  const frames: Frame[] = [{ wait: 60, text: ask }]
  if (failed || random() < 0.12) {
    frames.push({ wait: 1500 + random() * 2000, text: NEW_LINE })
    frames.push({ wait: 1900, text: `Sorry, try again.${NEW_LINE}${ask}` })
  }
  frames.push({ wait: 1500 + random() * 2500, text: NEW_LINE })
  tape.play(frames, tape.now + (until - tape.now) / 2)
  shell.trusted = tape.now + TRUST
}

/** Recalled with Ctrl-R from the history of days before, which no log of commands sees. */
function lookAround(shell: Shell, until: number): void {
  const { tape, random } = shell
  const { text } = promptOf(shell)
  const wait = 2000 + random() * 4000
  const keys: Frame[] = [
    { wait, text: `\r(reverse-i-search)\`': ${ESC}[K` },
    { wait: 300, text: `\r(reverse-i-search)\`t': top${ESC}[K` },
    { wait: 500, text: `\r${text}top${ESC}[K` },
    { wait: 400, text: `${NEW_LINE}${ESC}[?2004l\r` },
  ]
  const output = monitor(sceneOf(shell, { command: 'top', room: MOST }))
  if (tape.now + lengthOf(keys) > until) return
  tape.play(keys)
  shell.history.push('top')
  show(shell, output, { room: Math.max(12_000, (MOST - tape.size) / 4), until })
  showPrompt(shell)
}

function sceneOf({ tape, person, machine, size, random }: Shell, more: Pick<Scene, 'command' | 'room'>): Scene {
  return { ...more, ...size, random, user: person.username, host: machine.name, at: tape.now }
}

/** Ctrl-D, unless the last command was the end. */
function leave({ tape, commands, end, person }: Shell): void {
  if (commands.at(-1)?.text !== 'exit' && !person.service) tape.playUpTo([{ wait: 10, text: `${ESC}[?2004l\r${NEW_LINE}logout${NEW_LINE}` }], end)
}
