import type { RecordingHit } from '../../contract'
import { shownText } from '../../domain'
import { EmptyState, Spinner } from '../shared'
import { clockWords, momentWords } from './clock-words'
import { MomentList } from './MomentList'
import { useReplay } from './replay-context'

/** Every place where the text stands. */
export function HitTab() {
  const { search, duration, opened } = useReplay()
  const { hits, total, present, asking, fault } = search
  if (fault) return null
  if (total === 0 && asking) return <Spinner label="Searching" />
  if (total === 0) {
    return (
      <EmptyState title="Not found">
        {opened.index.done
          ? 'It never stood on the screen for a fifth of a second or longer.'
          : `It does not stand in the first ${clockWords(opened.index.indexedTo)}. More is being read.`}
      </EmptyState>
    )
  }
  return (
    <MomentList
      label="Hits"
      count={hits.length}
      current={present}
      row={(index) => {
        const hit = hits[index]
        if (!hit) return null
        return (
          <button type="button" className="rp-row" title={shownText(hit.line)} onClick={() => search.goTo(index)}>
            <span className="rp-row-time">{momentWords(hit.at, duration)}</span>
            <span className="rp-row-text">
              <HitLine hit={hit} />
            </span>
          </button>
        )
      }}
    />
  )
}

/** Words before the found ones that fit beside them. */
const BEFORE = 14

function HitLine({ hit: { line, from, to } }: { hit: RecordingHit }) {
  const start = from > BEFORE + 2 ? from - BEFORE : 0
  return (
    <bdi>
      {start > 0 && '…'}
      {shownText(line.slice(start, from))}
      <mark>{shownText(line.slice(from, to))}</mark>
      {shownText(line.slice(to, to + 200))}
    </bdi>
  )
}
