import { useMemo } from 'react'
import { shownText } from '../../../domain'
import { highlight } from '../../../language'

/** A query in the colours of its parts. */
export function QueryWords({ query }: { query: string }) {
  const parts = useMemo(() => partsOf(query), [query])
  if (query === '') return <span className="nb-all">everything</span>
  return (
    <bdi className="nb-query">
      {parts.map(({ text, kind }, at) => (
        <span key={at} data-kind={kind}>
          {shownText(text)}
        </span>
      ))}
    </bdi>
  )
}

function partsOf(query: string): { text: string; kind: string | undefined }[] {
  const parts: { text: string; kind: string | undefined }[] = []
  let at = 0
  for (const { from, to, kind } of highlight(query)) {
    if (from > at) parts.push({ text: query.slice(at, from), kind: undefined })
    if (to > at) parts.push({ text: query.slice(Math.max(at, from), to), kind })
    at = Math.max(at, to)
  }
  if (at < query.length) parts.push({ text: query.slice(at), kind: undefined })
  return parts
}
