import { useEffect, useMemo, useState } from 'react'
import type { BackendFault, OpenedRecording } from '../../contract'
import type { AddressUse } from '../address'
import { useAnswer } from '../api'
import { useSaying } from '../shared'
import { Controls } from './Controls'
import { Head } from './Head'
import { LEAVE_KEYS } from './leave-keys'
import { Notes } from './Notes'
import { type Clip, type Replay, ReplayContext, type Tab } from './replay-context'
import { SidePanel } from './SidePanel'
import { useDeck } from './use-player'
import { useLook } from './use-look'
import { type Moments, useMoment } from './use-moment'
import { useReplayKeys } from './use-replay-keys'
import { type Arrival, useSearch } from './use-search'
import { HitMarks } from './HitMarks'

export type PlayerProps = {
  id: string
  opened: OpenedRecording
  fault: BackendFault | null
  /** What somebody came with. */
  arrival: Arrival | null
  go: AddressUse['go']
  /** The newest of what `opened` is, between two renders too. */
  now: () => OpenedRecording
  onRetry: () => void
}

/** An opened recording: what is known of it, the terminal it plays on, and all that can be done with it. */
export function Player({ id, opened, fault, arrival, go, now, onRetry }: PlayerProps) {
  const [input, setInput] = useState(false)
  const { deck, box } = useDeck({ id, index: () => now().index, theme: useLook(), input })
  const replay = useReplayState({ id, opened, arrival }, { deck, go, input, setInput })
  const isEmpty = opened.index.done && opened.outputBytes === 0
  return (
    <div className="rp" {...LEAVE_KEYS}>
      <ReplayContext value={replay}>
        {replay && <Head />}
        <div className="rp-columns">
          <div className="rp-main">
            {replay && <Notes fault={fault} onRetry={onRetry} />}
            <div className="rp-stage" data-empty={isEmpty || undefined}>
              <div className="rp-terminal" ref={box} role="region" aria-label="Screen of the recording" />
              {isEmpty && (
                <p className="rp-nothing">
                  <b>No output was recorded</b>
                  There is nothing to play.
                </p>
              )}
              {replay && <HitMarks />}
            </div>
            {replay && <Controls />}
          </div>
          {replay && <SidePanel />}
        </div>
        {replay && <Keys />}
        {replay && <AddressMoment {...replay} />}
      </ReplayContext>
    </div>
  )
}

function Keys() {
  useReplayKeys()
  return null
}

/** Its own component: nothing else is drawn anew for another moment in the address. */
function AddressMoment(moments: Moments) {
  useMoment(moments)
  return null
}

type Given = Pick<PlayerProps, 'id' | 'opened' | 'arrival'>
type Parts = Pick<Replay, 'go' | 'input' | 'setInput'> & { deck: Replay['deck'] | null }

function useReplayState({ id, opened, arrival }: Given, { deck, go, input, setInput }: Parts): Replay | null {
  const player = deck?.player ?? null
  const { index, recording, progress } = opened
  const { said, say } = useSaying()
  const [clip, setClip] = useState<Clip>({ from: null, to: null })
  const [tab, setTab] = useState<Tab>('commands')
  const [reveal, setReveal] = useState(false)
  const [writing, setWriting] = useState(false)
  const answered = useAnswer('recording.commands', index.done ? { id } : null)
  const commands = answered.value?.commands ?? null
  const skew = answered.value?.skew ?? null
  const moments = useMemo(() => (commands ?? []).flatMap(({ at }) => at ?? []).toSorted((a, b) => a - b), [commands])
  const marked = useAnswer('mark.moments', { recording: id }).value
  const search = useSearch({ id, player, turn: index.done ? 100 : Math.floor(progress * 10), arrival })
  useEffect(() => player?.indexGrew(), [player, index])
  useEffect(() => {
    deck?.screen.setReveal(reveal)
    deck?.player.redraw()
  }, [deck, reveal])
  if (!deck) return null
  const told = index.done ? 0 : (recording.durationMs ?? 0) / 1000
  const duration = Math.max(index.indexedTo, told)
  return {
    id,
    opened,
    deck,
    go,
    duration,
    commands,
    skew,
    moments,
    marked,
    search,
    clip,
    setClip,
    tab,
    setTab,
    writing,
    setWriting,
    reveal,
    setReveal,
    input,
    setInput,
    say,
    said,
  }
}
