import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { BackendFault, RecordingHit } from '../../contract'
import { hitAfter, hitOf } from './hit-order'
import type { ReplayPlayer } from './player'
import { useAsked } from './use-asked'

export type SearchUse = {
  text: string
  setText: (text: string) => void
  /** The text is a regular expression. */
  pattern: boolean
  setPattern: (pattern: boolean) => void
  /** In order of time; the backend may give fewer than there are. */
  hits: RecordingHit[]
  total: number
  moments: number[]
  /** Place among the hits of the one gone to last. */
  present: number | null
  goTo: (hit: number) => void
  step: (direction: 1 | -1) => boolean
  asking: boolean
  fault: BackendFault | null
}

/** Time without a key after which the text is searched, in milliseconds. */
const REST = 120

/** What somebody came with from a search of all recordings: the words, and the moment of the hit. */
export type Arrival = { text: string; moment: number }

type SearchParts = { id: string; player: ReplayPlayer | null; turn: number; arrival: Arrival | null }

export function useSearch({ id, player, turn, arrival }: SearchParts): SearchUse {
  const [text, setTyped] = useState(arrival?.text ?? '')
  const [pattern, setPattern] = useState(false)
  const [gone, setGone] = useState<{ to: number; of: string } | null>(null)
  const searched = useRested(text)
  const ask = searched === '' ? null : { id, text: searched, pattern }
  const { value, fault, asking } = useAsked('recording.search', ask, turn)
  const hits = useMemo(() => (value?.hits ?? []).toSorted((a, b) => a.at - b.at), [value])
  const moments = useMemo(() => hits.map(({ at }) => at), [hits])
  const isBehind = searched !== text
  const of = JSON.stringify(ask)
  const here = gone === null && searched === arrival?.text ? hitOf(moments, arrival.moment) : null
  const present = gone?.of === of ? gone.to : here

  const goTo = (hit: number) => {
    const moment = moments[hit]
    if (moment === undefined || !player) return
    setGone({ to: hit, of })
    player.seek(moment)
  }
  const step = (direction: 1 | -1) => {
    const state = player?.get()
    const hit = state ? hitAfter(moments, { present, time: state.target ?? state.time }, direction) : null
    if (hit !== null) goTo(hit)
    return hit !== null
  }
  return {
    text,
    setText: (typed) => setTyped(typed.slice(0, 1000)),
    pattern,
    setPattern,
    hits: text === '' ? NONE : hits,
    total: text === '' ? 0 : (value?.total ?? 0),
    moments: text === '' ? NO_MOMENTS : moments,
    present,
    goTo,
    step,
    asking: asking || isBehind,
    fault: isBehind ? null : fault,
  }
}

const NONE: RecordingHit[] = []
const NO_MOMENTS: number[] = []

function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST)
    return () => clearTimeout(timer)
  }, [text])
  return useDeferredValue(rested)
}
