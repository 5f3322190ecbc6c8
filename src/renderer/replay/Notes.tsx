import type { ReactNode } from 'react'
import type { BackendFault } from '../../contract'
import { formatPlural, messageOf, ProgressBar, Shown } from '../shared'
import { clockWords } from './clock-words'
import { useReplay } from './replay-context'
import { usePlayerPart } from './use-player'

/** What stands between a person and trusting what is shown: above the screen, only where there is something to say. */
export function Notes({ fault, onRetry }: { fault: BackendFault | null; onRetry: () => void }) {
  const { opened, deck, setTab } = useReplay()
  const { index, progress, stopped, damage, gaps } = opened
  const hasFailed = usePlayerPart(deck.player, ({ status }) => status === 'failed')
  return (
    <>
      {!index.done && stopped === null && (
        <div className="rp-note" data-look="busy">
          <span>
            Reading the recording · {Math.floor(progress * 100)} % · the first {clockWords(index.indexedTo)} can be played
          </span>
          <ProgressBar value={progress} label="Reading the recording" />
        </div>
      )}
      {stopped !== null && (
        <Note>
          Reading stopped: <Shown text={stopped} />. The first {clockWords(index.indexedTo)} can be played and searched.
        </Note>
      )}
      {(damage.total > 0 || gaps.length > 0) && (
        <Note act={{ words: 'show', onPick: () => setTab('facts') }}>{lossWords(damage.total, gaps.length)}</Note>
      )}
      {fault && (
        <Note act={{ words: 'try again', onPick: onRetry }}>
          <Shown text={fault.message} />
        </Note>
      )}
      {hasFailed && (
        <Note act={{ words: 'try again', onPick: () => deck.player.retry() }}>
          This part could not be drawn: <Shown text={messageOf(deck.player.get().fault)} />
        </Note>
      )}
    </>
  )
}

function lossWords(damage: number, gaps: number): string {
  const parts: string[] = []
  const places = formatPlural(damage, 'damaged place')
  if (damage > 0) parts.push(`${places} could not be read and ${damage === 1 ? 'is' : 'are'} left out`)
  if (gaps > 0) parts.push(`${formatPlural(gaps, 'stretch', 'stretches')} ${gaps === 1 ? 'is' : 'are'} missing`)
  return `${parts.join(', ')}.`
}

type NoteProps = { children: ReactNode; act?: { words: string; onPick: () => void } }

function Note({ children, act }: NoteProps) {
  return (
    <div className="rp-note" role="status">
      <span aria-hidden="true">⚠</span>
      <span>{children}</span>
      {act && (
        <button type="button" className="link" onClick={act.onPick}>
          {act.words}
        </button>
      )}
    </div>
  )
}
