import { RuleFault } from './rule-fault'

// condition := or; or := and ("or" and)*; and := not ("and" not)*; not := "not" not | quantified;
// quantified := ("1" | "any" | "all") "of" ("them" | pattern) | "(" or ")" | name

export type Condition =
  | { kind: 'name'; name: string }
  | { kind: 'of'; all: boolean; names: string[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'and' | 'or'; parts: Condition[] }

const LONGEST = 20_000
const DEEPEST = 100

type Reading = { words: string[]; at: number; depth: number; names: readonly string[] }

/** Reads a condition over identifiers of these names. Throws `RuleFault`. */
export function parseCondition(text: string, names: readonly string[]): Condition {
  if (text.length > LONGEST) throw new RuleFault(`the condition is longer than ${LONGEST} characters`)
  if (text.includes('|')) throw new RuleFault('the condition counts with «|», which rules of today write as a correlation')
  const words = text.match(/[()]|[^\s()]+/g) ?? []
  const reading: Reading = { words, at: 0, depth: 0, names }
  const condition = readOr(reading)
  const rest = words[reading.at]
  if (rest !== undefined) throw new RuleFault(`the condition does not go on with «${rest}»`)
  return condition
}

function readOr(reading: Reading): Condition {
  return readList(reading, 'or', (inner) => readList(inner, 'and', readNot))
}

function readList(reading: Reading, word: 'and' | 'or', read: (reading: Reading) => Condition): Condition {
  const first = read(reading)
  const parts = [first]
  while (isWord(reading, word)) {
    reading.at++
    parts.push(read(reading))
  }
  return parts.length === 1 ? first : { kind: word, parts }
}

function readNot(reading: Reading): Condition {
  if (!isWord(reading, 'not')) return readPrimary(reading)
  reading.at++
  return deeper(reading, () => ({ kind: 'not', part: readNot(reading) }))
}

function readPrimary(reading: Reading): Condition {
  const word = reading.words[reading.at++]
  if (word === undefined || word === ')') throw new RuleFault('the condition is not complete')
  if (word === '(') {
    const inner = deeper(reading, () => readOr(reading))
    if (reading.words[reading.at++] !== ')') throw new RuleFault('the condition lacks a closing parenthesis')
    return inner
  }
  if (isWord(reading, 'of')) return readOf(reading, word.toLowerCase())
  if (!reading.names.includes(word)) throw new RuleFault(`the condition names «${word}», which the rule does not define`)
  return { kind: 'name', name: word }
}

function readOf(reading: Reading, quantity: string): Condition {
  reading.at++
  const pattern = reading.words[reading.at++]
  if (!['1', 'any', 'all'].includes(quantity)) throw new RuleFault(`the condition asks for «${quantity} of»; 1, any and all are known`)
  if (pattern === undefined || pattern === '(' || pattern === ')') throw new RuleFault('the condition does not say of what')
  const offered = reading.names.filter((name) => !name.startsWith('_'))
  const names = pattern.toLowerCase() === 'them' ? offered : offered.filter((name) => fits(name, pattern))
  if (names.length === 0) throw new RuleFault(`the condition asks for some of «${pattern}», and the rule defines none`)
  return { kind: 'of', all: quantity === 'all', names }
}

/** `*` stands for any run. */
function fits(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return name === pattern
  if (!name.startsWith(first)) return false
  let at = first.length
  const last = rest.pop() ?? ''
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

function deeper<T>(reading: Reading, read: () => T): T {
  if (++reading.depth > DEEPEST) throw new RuleFault(`the condition is nested deeper than ${DEEPEST}`)
  const value = read()
  reading.depth--
  return value
}

function isWord({ words, at }: Reading, word: string): boolean {
  return words[at]?.toLowerCase() === word
}
