import { useMemo } from 'react'
import { shownText } from '../../domain'
import { useAnswer, useBackend } from '../api'
import { EmptyState, ErrorState, Shown, Spinner } from '../shared'
import { MomentList } from './MomentList'
import { useReplay } from './replay-context'
import { lineSearch, spanMoment } from './transcript-place'

/** All that was written, as text. A line is pressed to go to where it appeared. */
export function TranscriptTab() {
  const { id, opened, deck, say } = useReplay()
  const backend = useBackend()
  const { done } = opened.index
  const { value, fault } = useAnswer('recording.transcript', done ? { id } : null)
  const lines = useMemo(() => linesOf(value?.text ?? ''), [value])
  const seek = async (at: number) => {
    const span = spanMoment(lines[at] ?? '', secondOfDay(opened.recording.start))
    if (span !== null) return deck.player.seek(span)
    const found = lineSearch(lines, at)
    if (!found) return
    const { hits } = (await backend.call('recording.search', { id, text: found.text, pattern: false })).value
    const hit = hits.toSorted((a, b) => a.at - b.at)[found.earlier] ?? hits.at(-1)
    if (hit) deck.player.seek(hit.at)
    else say('The moment of this line was not found')
  }
  if (!done) return <p className="rp-hint">The transcript is written once the recording is read to its end.</p>
  if (fault) return <ErrorState title="The transcript could not be shown" message={fault.message} />
  if (!value) return <Spinner label="Writing the transcript" />
  if (lines.length === 0) return <EmptyState title="Nothing was written">The recording shows no text.</EmptyState>
  return (
    <MomentList
      label="Transcript"
      count={lines.length}
      current={null}
      height={18}
      row={(at, isStop) => (
        <button
          type="button"
          tabIndex={isStop ? 0 : -1}
          className="rp-row rp-line"
          title={shownText(lines[at]?.trim().slice(0, 1000) ?? '')}
          onClick={() => {
            seek(at).catch(() => say('The moment of this line was not found'))
          }}
        >
          <Shown text={lines[at] ?? ''} />
        </button>
      )}
    />
  )
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  return lines
}

function secondOfDay(start: number | null): number | null {
  return start === null ? null : Math.floor(start / 1000) % 86_400
}
