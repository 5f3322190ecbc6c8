import { below, type Random } from '../data/random'
import { BELL, ESC, NEW_LINE, shownKeys, widthOf } from './text'
import type { Frame } from './tape'

/** Somebody at a keyboard. */
export type Typist = {
  random: Random
  /** Milliseconds between two keys, about. */
  pace: number
}

/** Where a line is typed. */
export type Place = {
  /** As it is printed, and how many columns that takes. */
  prompt: string
  indent: number
  cols: number
  /** Commands of this session, oldest first. */
  history: readonly string[]
}

/** Longer commands are pasted. */
const PASTED = 180
/** How far back somebody goes with the arrow. */
const RECALLED = 4
const SLIPS: Readonly<Record<string, string>> = { a: 's', s: 'd', e: 'r', o: 'p', t: 'y', n: 'm', i: 'o', l: 'k', c: 'v', r: 't' }

/** The keys of one command and what readline echoes of them, up to Enter, which is the last frame. */
export function typed(typist: Typist, place: Place, command: string): Frame[] {
  const frames = [{ wait: 400 + typist.random() * 1500, text: '' }, ...keysOf(typist, place, command)]
  return [...frames, { wait: 120 + typist.random() * 380, text: `${NEW_LINE}${ESC}[?2004l\r` }]
}

function keysOf(typist: Typist, place: Place, command: string): Frame[] {
  const { history, indent, cols } = place
  const { random } = typist
  if (isPasted(command)) return [{ wait: 300, text: echoed(command, place) }]
  // Searches and lists of names are drawn on one row alone.
  if (indent + command.length + 30 >= cols) return plain(typist, place, { text: command, at: 0 })
  const back = history.length - history.lastIndexOf(command)
  const isKnown = history.includes(command)
  if (isKnown && back <= RECALLED) return recalled(typist, history, back)
  if (isKnown || random() < 0.06) return searched(typist, place, command)
  if (command.startsWith('sudo ') && random() < 0.25) return sudoRemembered(typist, place, command)
  const path = /^(.* \/\w+\/\w)(\w+[/ ].*)$/.exec(command)
  if (path && random() < 0.6) return completed(typist, place, [path[1] ?? '', path[2] ?? ''])
  return plain(typist, place, { text: command, at: 0 })
}

/** Long, or of signs that are on no keyboard. */
function isPasted(command: string): boolean {
  return command.length > PASTED || shownKeys(command).some((sign) => widthOf(sign) !== 1)
}

/** Readline's echo of a text that begins `at` columns after the prompt: it leaves the last column of a row by itself. */
function echoed(text: string, { indent, cols }: Place, at = 0): string {
  let column = (indent + at) % cols
  let echo = ''
  for (const sign of shownKeys(text)) {
    echo += sign
    column += widthOf(sign)
    if (column < cols) continue
    echo += ' \r'
    column = 0
  }
  return echo
}

/** Key by key, with slips that are put right at once. */
function plain({ random, pace }: Typist, place: Place, { text, at }: { text: string; at: number }): Frame[] {
  const frames: Frame[] = []
  let column = at
  let before = ''
  for (const char of text) {
    const slip = SLIPS[char]
    const isInside = (place.indent + column) % place.cols > 1 && (place.indent + column + 1) % place.cols !== 0
    const isSlip = slip !== undefined && isInside && random() < 0.025
    if (isSlip) {
      frames.push({ wait: pace * (0.4 + random()), text: slip })
      frames.push({ wait: pace * (2 + random() * 2), text: `\b${ESC}[K` })
    }
    frames.push({ wait: keyWait(random, pace, { char, before }), text: echoed(char, place, column) })
    column++
    before = char
  }
  return frames
}

function keyWait(random: Random, pace: number, { char, before }: { char: string; before: string }): number {
  const usual = pace * (0.45 + random() * 1.1)
  if (char === before) return usual * 0.6
  if (before === ' ' && random() < 0.12) return usual + 300 + random() * 900
  return /[A-Z|"'{}$]/.test(char) ? usual * 1.5 : usual
}

/** Up until it is there, once too far now and then. */
function recalled({ random, pace }: Typist, history: readonly string[], back: number): Frame[] {
  const frames: Frame[] = []
  let shown = ''
  const show = (text: string) => {
    frames.push({ wait: pace * (1.5 + random() * 2), text: `${'\b'.repeat(shown.length)}${shownKeys(text).join('')}${ESC}[K` })
    shown = shownKeys(text).join('')
  }
  for (let step = 1; step <= back; step++) show(history.at(-step) ?? '')
  const further = history.at(-back - 1)
  if (further !== undefined && further.length < PASTED && random() < 0.3) {
    show(further)
    show(history.at(-back) ?? '')
  }
  return frames
}

/** Ctrl-R and the beginning of it. */
function searched({ random, pace }: Typist, { prompt }: Place, command: string): Frame[] {
  const key = command.slice(0, 4 + below(random, 5))
  const frames: Frame[] = [{ wait: pace * 3, text: `\r(reverse-i-search)\`': ${ESC}[K` }]
  for (let length = 1; length <= key.length; length++) {
    const found = length < 2 ? '' : command
    frames.push({ wait: pace * (0.7 + random()), text: `\r(reverse-i-search)\`${key.slice(0, length)}': ${found}${ESC}[K` })
  }
  // Taken over with an arrow, so that the whole line is seen before it runs.
  frames.push({ wait: pace * (3 + random() * 3), text: `\r${prompt}${command}${ESC}[K` })
  return frames
}

/** The word in front is remembered last: Ctrl-A, and the line moves on key by key. */
function sudoRemembered(typist: Typist, place: Place, command: string): Frame[] {
  const { random, pace } = typist
  const rest = command.slice('sudo '.length)
  const inserted = Array.from('sudo ', (char) => ({ wait: pace * (0.6 + random()), text: `${ESC}[1@${char}` }))
  return [...plain(typist, place, { text: rest, at: 0 }), { wait: pace * 4, text: `\r${ESC}[${place.indent}C` }, ...inserted]
}

/** Tab after the first letter of a name; where there are several, the second Tab lists them. */
function completed(typist: Typist, place: Place, [head, rest]: readonly [string, string]): Frame[] {
  const { random, pace } = typist
  const name = /^\w+/.exec(rest)?.[0] ?? ''
  const frames = plain(typist, place, { text: head, at: 0 })
  if (random() < 0.4) {
    const start = head.at(-1) ?? ''
    const others = [start + name, `${start}${name}.d`, `${start}${name.slice(0, 2)}-old`].join('  ')
    frames.push({ wait: pace * 2, text: BELL })
    frames.push({ wait: pace * 2, text: `${NEW_LINE}${others}${NEW_LINE}${place.prompt}${head}` })
    frames.push({ wait: pace * 4, text: name.slice(0, 1) })
    frames.push({ wait: pace * 2, text: name.slice(1) })
  } else frames.push({ wait: pace * 2, text: name })
  return [...frames, ...plain(typist, place, { text: rest.slice(name.length), at: head.length + name.length })]
}
