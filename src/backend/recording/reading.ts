import type { Ask, Methods, OpenedRecording as OpenedAnswer } from '../../contract'
import type { About } from './about'
import type { LogRow } from './command-rows'
import type { LineColumns } from './lines/line-columns'
import type { RecordingFile } from './model'
import type { StoredFile } from './stored-file'
import type { WorkLimits } from './work-limits'

type AskOf<M extends 'recording.segment' | 'recording.search' | 'recording.bytes' | 'recording.export'> = Omit<Ask<M>, 'id'>

/** What can be asked of one opened recording, wherever it is read. */
export type Calls = {
  opened: { ask: Record<string, never>; answer: OpenedState }
  segment: { ask: AskOf<'recording.segment'>; answer: Methods['recording.segment'] }
  /** Of what is indexed so far. */
  search: { ask: AskOf<'recording.search'>; answer: Methods['recording.search'] }
  /** This and all below wait for what they speak of to be indexed. */
  transcript: { ask: { about: About }; answer: Methods['recording.transcript'] }
  commands: { ask: { about: About; log: readonly LogRow[] }; answer: Methods['recording.commands'] }
  screen: { ask: { about: About; at: number }; answer: Methods['recording.screen'] }
  bytes: { ask: AskOf<'recording.bytes'>; answer: Methods['recording.bytes'] }
  export: { ask: AskOf<'recording.export'> & { about: About }; answer: Methods['recording.export'] }
  length: { ask: Record<string, never>; answer: { seconds: number } }
  lines: { ask: Record<string, never>; answer: { lines: LineColumns; duration: number } }
}
export type Call = keyof Calls

/** What is known of the recording, without where it comes from. */
export type OpenedState = Omit<OpenedAnswer, 'recording' | 'reveals'>

/** How far it is. `events`: so many are indexed. */
export type Progress = { progress: number; indexedTo: number; done: boolean; stopped: string | null; events: number }

/** In memory, and checked, or in the workspace: then they are read and checked by whoever reads them. */
export type ReadingFiles = { files: readonly (RecordingFile | StoredFile)[]; part: string }

export type ReadingOptions = {
  limits: WorkLimits
  /** False where only its text is wanted. */
  keyframes: boolean
  /** Events that are indexed at most, and why it ends there. */
  end: { events: number; reason: string } | null
  /** Nothing is told before the files are checked. */
  checksFirst: boolean
}

/** One recording that is being read, or was. */
export type Reading = {
  readonly progress: Progress
  /** Rejects with a `BackendFault`: `recording-unreadable` where nothing in it can be read. */
  ask: <C extends Call>(call: C, ask: Calls[C]['ask']) => Promise<Calls[C]['answer']>
  /** Whoever waits for an answer is told that it is closed. */
  close: () => Promise<void>
}

export const NOTHING_YET: Progress = { progress: 0, indexedTo: 0, done: false, stopped: null, events: 0 }
