import { createContext, useContext } from 'react'
import type { AddressUse } from '../address'
import type { MarkedMoment, OpenedRecording, RecordedCommand } from '../../contract'
import type { SearchUse } from './use-search'
import type { Deck } from './use-player'

export const TABS = ['hits', 'commands', 'transcript', 'marks', 'facts', 'bytes'] as const
export type Tab = (typeof TABS)[number]

/** A stretch to export, in seconds; either end may still be open. */
export type Clip = { from: number | null; to: number | null }

/** What every part of the replay shows and does. */
export type Replay = {
  id: string
  opened: OpenedRecording
  deck: Deck
  go: AddressUse['go']
  /** Length of the track in seconds: of what is read so far, or longer where that is known. */
  duration: number
  /** Null until the recording is read to its end. */
  commands: RecordedCommand[] | null
  /** Seconds that the log's clock is ahead of the recording's. */
  skew: number | null
  /** Moments of the commands that the recording shows, ascending. */
  moments: number[]
  /** What people marked in it, ascending; null while it is not read. */
  marked: readonly MarkedMoment[] | null
  search: SearchUse
  clip: Clip
  setClip: (clip: Clip) => void
  tab: Tab
  setTab: (tab: Tab) => void
  /** The field for a comment on the moment is to have the focus. */
  writing: boolean
  setWriting: (writing: boolean) => void
  /** Hidden text is shown. */
  reveal: boolean
  setReveal: (reveal: boolean) => void
  /** Typed input is shown. */
  input: boolean
  setInput: (input: boolean) => void
  /** Says something for a moment, to eyes and screen readers. */
  say: (words: string) => void
  said: string
}

export const ReplayContext = createContext<Replay | null>(null)

export function useReplay(): Replay {
  const replay = useContext(ReplayContext)
  if (!replay) throw new Error('useReplay needs a ReplayContext')
  return replay
}
