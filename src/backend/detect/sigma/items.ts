import { bigramsOf } from '../bigrams'
import { fieldNamed, type Field, type RowTest } from '../fields'
import { globTest, longestLiteral, loweredGlob, withStars } from './glob'
import { readModifiers, type Modifiers } from './modifiers'
import { RuleFault } from './rule-fault'
import { anyOf, globsOf, isScalar, valueTest, type Scalar, type TextTest } from './values'

const LONGEST_VALUE = 8192

/** Makes a test for the rows of one cursor. */
export type Bind = () => RowTest

export function allOf(binds: readonly Bind[]): Bind {
  return () => {
    const [first, ...rest] = binds.map((bind) => bind())
    if (!first) return () => true
    if (rest.length === 0) return first
    return (row) => {
      if (!first(row)) return false
      for (const test of rest) if (!test(row)) return false
      return true
    }
  }
}

export function someOf(binds: readonly Bind[]): Bind {
  return () => {
    const tests = binds.map((bind) => bind())
    const [first] = tests
    if (first && tests.length === 1) return first
    return (row) => {
      for (const test of tests) if (test(row)) return true
      return false
    }
  }
}

export function negated(bind: Bind): Bind {
  return () => {
    const test = bind()
    return (row) => !test(row)
  }
}

/** `field|modifier|...: value or list`; without a field, texts to be found anywhere in the record. Throws `RuleFault`. */
export function compileItem(key: string, value: unknown): { bind: Bind; field: string } {
  const [name = '', ...words] = key.split('|')
  const modifiers = readModifiers(words)
  const values = scalarsOf(key, value)
  const bind = name === '' ? keywords(values, modifiers) : fieldItem(fieldNamed(name), values, modifiers)
  return { bind: modifiers.negated ? negated(bind) : bind, field: name }
}

function scalarsOf(key: string, value: unknown): Scalar[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const what = key === '' ? 'the list of keywords' : `«${key}»`
  if (list.length === 0) throw new RuleFault(`${what} has no values`)
  return list.map((one) => {
    if (typeof one === 'string' && one.length > LONGEST_VALUE) throw new RuleFault(`${what} has a value of more than ${LONGEST_VALUE} characters`)
    if (isScalar(one)) return one
    throw new RuleFault(`${what} has a value that is neither text nor number`)
  })
}

function fieldItem(field: Field, values: Scalar[], modifiers: Modifiers): Bind {
  if (modifiers.kind === 'exists') return existence(field, values)
  if (modifiers.kind === 'fieldref') return joined(values.map((value) => reference(field, value, modifiers)), modifiers)
  const tests = values.flatMap((value): (TextTest | null)[] => [value === null ? null : valueTest(value, modifiers)])
  const texts = tests.filter((test) => test !== null)
  const absent: Bind[] = texts.length < tests.length ? [() => (row) => field.texts(row).length === 0] : []
  if (modifiers.all) return allOf([...absent, ...texts.map((test): Bind => () => field.any(test))])
  return someOf([...absent, ...(texts.length > 0 ? [() => field.any(anyOf(texts))] : [])])
}

function joined(binds: readonly Bind[], { all }: Modifiers): Bind {
  return all ? allOf(binds) : someOf(binds)
}

function existence(field: Field, values: Scalar[]): Bind {
  const [wanted] = values
  if (values.length !== 1 || typeof wanted !== 'boolean') throw new RuleFault(`${field.name}|exists is true or false`)
  return () => (row) => field.texts(row).length > 0 === wanted
}

function reference(field: Field, value: Scalar, { ends, cased }: Modifiers): Bind {
  if (typeof value !== 'string' || value === '') throw new RuleFault(`${field.name}|fieldref needs the name of a field`)
  const other = fieldNamed(value)
  const told = (texts: readonly string[]) => (cased ? texts : texts.map((text) => text.toLowerCase()))
  const is = (text: string, of: string) =>
    (ends.has('contains') && text.includes(of)) ||
    (ends.has('startswith') && text.startsWith(of)) ||
    (ends.has('endswith') && text.endsWith(of)) ||
    text === of
  return () => (row) => {
    const others = told(other.texts(row))
    return others.length > 0 && told(field.texts(row)).some((text) => others.some((of) => is(text, of)))
  }
}

/** Keywords are found anywhere in the record's text. */
function keywords(values: Scalar[], modifiers: Modifiers): Bind {
  const { kind } = modifiers
  if (kind !== 'text' && kind !== 're') throw new RuleFault(`${kind} needs a field`)
  if (modifiers.timePart !== null) throw new RuleFault(`${modifiers.timePart} needs a field`)
  return joined(values.map((value) => keyword(value, modifiers)), modifiers)
}

function keyword(value: Scalar, modifiers: Modifiers): Bind {
  if (value === null || value === '') throw new RuleFault('a keyword is empty')
  if (modifiers.kind === 're') {
    const test = valueTest(value, modifiers)
    return () => (row) => test(row.raw())
  }
  const globs = globsOf(value, { ends: new Set(), encodings: modifiers.encodings })
  return someOf(
    globs.map((glob): Bind => {
      const around = withStars(glob, { before: true, after: true })
      const bigrams = bigramsOf(longestLiteral(loweredGlob(glob)))
      const test = globTest(modifiers.cased ? around : loweredGlob(around), true)
      const { cased } = modifiers
      return () => (row) => row.mayHold(bigrams) && test(cased ? row.raw() : row.rawLower())
    }),
  )
}
