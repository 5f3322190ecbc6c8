import { RuleFault } from './rule-fault'

// What other engines know and this one would take for something else: \A, \Z, \z, \h, [[:alpha:]].
const STRANGE = /(?<!\\)(?:\\\\)*\\[AZzh]|\[\[:\w+:\]/

const LONGEST_PATTERN = 1000
/** Characters of a text that a regular expression of a rule looks at. */
export const LONGEST_INPUT = 8192

/** Compiles an `re` value; found anywhere in the text. Throws `RuleFault`. */
export function regexTest(written: string, flags: string): (text: string) => boolean {
  const inline = /^\(\?([ims]+)\)/.exec(written)
  const pattern = inline ? written.slice(inline[0].length) : written
  if (pattern.length > LONGEST_PATTERN) throw new RuleFault(`the regular expression is longer than ${LONGEST_PATTERN} characters`)
  if (isNested(pattern)) throw new RuleFault(`the regular expression repeats what it repeats already: ${shortened(pattern)}`)
  const strange = STRANGE.exec(pattern)
  if (strange) throw new RuleFault(`the regular expression uses ${strange[0]}, which is not supported`)
  const all = [...new Set(flags + (inline?.[1] ?? ''))].join('')
  const compiled = compile(pattern, all)
  return (text) => compiled.test(text.length > LONGEST_INPUT ? text.slice(0, LONGEST_INPUT) : text)
}

function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new RuleFault(`the regular expression cannot be read: ${shortened(why)}`)
  }
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

/** Whether a group that may take a varying number of repeats is itself repeated without end: that can take for ever. */
function isNested(pattern: string): boolean {
  const groups: boolean[] = [false]
  let closed: boolean | null = null
  for (let at = 0; at < pattern.length; ) {
    const repeat = repeatAt(pattern, at)
    if (repeat) {
      if (closed === true && repeat.endless) return true
      if (repeat.varies) groups[groups.length - 1] = true
      closed = null
      at += repeat.length
      continue
    }
    closed = null
    const character = pattern[at]
    if (character === '(') groups.push(false)
    else if (character === ')' && groups.length > 1) {
      closed = groups.pop() ?? false
      if (closed) groups[groups.length - 1] = true
    }
    at = character === '[' ? classEnd(pattern, at) : at + (character === '\\' ? 2 : 1)
  }
  return false
}

type Repeat = { length: number; varies: boolean; endless: boolean }

function repeatAt(pattern: string, at: number): Repeat | null {
  const character = pattern[at]
  const lazy = (end: number) => end - at + (pattern[end] === '?' || pattern[end] === '+' ? 1 : 0)
  if (character === '*' || character === '+') return { length: lazy(at + 1), varies: true, endless: true }
  if (character !== '{') return null
  const bounds = /^\{(\d*)(,?)(\d*)\}/.exec(pattern.slice(at, at + 24))
  if (!bounds) return null
  const [whole, least, comma, most] = bounds
  const endless = comma === ',' && most === ''
  return { length: lazy(at + whole.length), varies: endless || (comma === ',' && least !== most), endless }
}

/** Behind the `]` that ends a class. */
function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at + 1
  }
  return pattern.length
}
