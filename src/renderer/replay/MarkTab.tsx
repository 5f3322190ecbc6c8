import { useCallback } from 'react'
import type { MarkedMoment, Subject } from '../../contract'
import { Comments, MarkBar, MarkGlyphs, marksWords } from '../marks'
import { Kbd, Spinner } from '../shared'
import { momentWords } from './clock-words'
import { momentNear } from './marked-moment'
import { MomentList } from './MomentList'
import { useReplay } from './replay-context'
import { usePlayerPart, useSettledPart } from './use-player'

/** Marks and comments of the moment at the playhead, and all moments that have any. */
export function MarkTab() {
  const { deck, marked, duration } = useReplay()
  const isPlaying = usePlayerPart(deck.player, ({ wantsPlay }) => wantsPlay)
  const current = useSettledPart(deck.player, ({ target, time }) => lastBefore(marked ?? [], target ?? time))
  return (
    <>
      {isPlaying ? (
        <p className="rp-hint">
          <Kbd>s</Kbd> stars the moment. The field to write in is here when it is paused.
        </p>
      ) : (
        <Here />
      )}
      {!marked && <Spinner label="Reading the marks" />}
      {marked && marked.length > 0 && (
        <MomentList
          label="Marked moments"
          count={marked.length}
          current={current}
          row={(index) => {
            const moment = marked[index]
            return (
              moment && (
                <button type="button" className="rp-row" onClick={() => deck.player.seek(moment.at)}>
                  <span className="rp-row-time">{momentWords(moment.at, duration)}</span>
                  <span className="rp-row-text">{marksWords(moment.marks)}</span>
                  <MarkGlyphs marks={moment.marks} />
                </button>
              )
            )
          }}
        />
      )}
    </>
  )
}

function Here() {
  const { id, deck, marked, duration, writing, setWriting } = useReplay()
  const at = usePlayerPart(deck.player, ({ target, time }) => momentNear(marked ?? [], target ?? time))
  const subject: Subject = { kind: 'moment', recording: id, at }
  const begun = useCallback(() => setWriting(false), [setWriting])
  return (
    <div className="rp-here">
      <h3>At {momentWords(at, duration)}</h3>
      <MarkBar subject={subject} />
      <Comments subject={subject} focus={writing} onFocused={begun} hotkey="w" />
    </div>
  )
}

/** The last marked moment that was reached. */
function lastBefore(marked: readonly MarkedMoment[], time: number): number | null {
  const at = marked.findLastIndex((moment) => moment.at <= time + 1e-6)
  return at < 0 ? null : at
}
