import type { KeyboardEvent } from 'react'
import { formatCount } from '../shared'
import { SEARCH_FIELD } from './focus-search'
import { useReplay } from './replay-context'

export function SearchField() {
  const { search, setTab } = useReplay()
  const { text, setText, pattern, setPattern, fault } = search
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') search.step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') {
      if (text !== '') setText('')
      else event.currentTarget.blur()
    } else return
    event.preventDefault()
  }
  return (
    <div className="rp-search">
      <div className="rp-search-box" data-wrong={fault !== null || undefined}>
        <input
          id={SEARCH_FIELD}
          type="text"
          className="mono"
          aria-label="Find text in the recording"
          placeholder="Find text in the recording"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={fault !== null}
          onKeyDown={press}
          onChange={(event) => {
            setText(event.target.value)
            setTab(event.target.value === '' ? 'commands' : 'hits')
          }}
        />
        <span className="rp-search-count" role="status">
          {text !== '' && countWords(search)}
        </span>
        <button
          type="button"
          className="rp-pattern"
          aria-label="Regular expression"
          title="The text is a regular expression"
          aria-pressed={pattern}
          onClick={() => setPattern(!pattern)}
        >
          .*
        </button>
      </div>
      {fault && (
        <p className="rp-problem" role="alert">
          {fault.message}
        </p>
      )}
    </div>
  )
}

function countWords({ asking, fault, total, hits, present }: ReturnType<typeof useReplay>['search']): string {
  if (fault) return ''
  if (asking && total === 0) return '…'
  if (total === 0) return 'none'
  const of = formatCount(total)
  const cut = hits.length < total ? ` (${formatCount(hits.length)} listed)` : ''
  return present === null ? `${of} · ↵${cut}` : `${formatCount(present + 1)} of ${of} · ↵`
}
