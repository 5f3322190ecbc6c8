import type { Request } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { grouped, groupedSlowly, type Population } from '../population'
import { many } from '../words'
import { keyOf } from './key'

const DAY = 86_400_000
const SHORT = 10
const SAME = 5
const SPAN = 30 * DAY

/** Requests with no reason to speak of, or with the same one again and again. */
export function* justification({ window }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  // Where no request of a source has one, the source does not record them.
  const recorded = new Set(window.flatMap(({ connection, justification: text }) => (text === null ? [] : [connection])))
  yield
  const ofRequester = ({ connection, org, requester }: Request) => (requester !== null && recorded.has(connection) ? `${org}\n${requester.key}` : null)
  for (const own of (yield* groupedSlowly(window, ofRequester)).values()) {
    yield
    const pattern = told(own)
    if (pattern) patterns.push(pattern)
  }
  return patterns
}

/** Case, spaces and marks at the ends play no part. */
export function normalised(text: string | null): string {
  return (text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
}

/** Those of whose text there are at least five within 30 days. */
export function repeated(own: readonly Request[]): Request[] {
  const byText = grouped(own, ({ justification: text }) => normalised(text))
  return [...byText].flatMap(([text, same]) => {
    if (text === '' || same.length < SAME) return []
    const sorted = byAsked(same)
    const found = new Set<Request>()
    for (let at = SAME - 1; at < sorted.length; at++) {
      const run = sorted.slice(at - SAME + 1, at + 1)
      if ((run.at(-1)?.asked ?? 0) - (run[0]?.asked ?? 0) <= SPAN) for (const one of run) found.add(one)
    }
    return [...found]
  })
}

function told(own: readonly Request[]): Pattern | null {
  const empty = own.filter(({ justification: text }) => (text ?? '').trim() === '')
  const short = own.filter(({ justification: text }) => (text ?? '').trim() !== '' && (text ?? '').trim().length < SHORT)
  const same = repeated(own)
  const requests = byAsked([...new Set([...empty, ...short, ...same])])
  const [first] = requests
  if (!first?.requester) return null
  const { name } = first.requester
  const reasons = [
    [empty.length, 'without a reason'],
    [short.length, `with a reason of fewer than ${SHORT} characters`],
    [same.length, 'with a text used at least 5 times within 30 days'],
  ].flatMap(([n, text]) => (n === 0 ? [] : [`${n} ${text}`]))
  return {
    rule: 'approval.justification',
    level: 'low',
    key: keyOf(first, name),
    crossed: first.asked,
    title: `${name} gave little reason for ${many(requests.length, 'request')}`,
    words: `Of ${many(own.length, 'request')} of ${name}, ${reasons.join(' and ')}.`,
    figures: [
      ['n', String(own.length)],
      ['observed', String(requests.length)],
    ],
    method: 'exact: empty, under 10 characters, or the same text 5 times within 30 days',
    baseline: null,
    ...namesOf(requests),
    requests,
    chain: null,
    hours: [],
  }
}
