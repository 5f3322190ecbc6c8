import type { Citation, NotebookSide } from '../../../contract'
import type { Instant } from '../../../domain'

/** What a document says of a notebook beside what is written in it. */
export type NotebookHead = {
  /** Of the app. */
  version: string
  generatedAt: Instant
  generatedBy: string
  /** Where the events came from and to whom they were visible, one line each. */
  sources: readonly string[]
  /** Null where nothing is known beside the notebook itself, as of a copy from somebody else. */
  side: NotebookSide | null
}

export type NotebookRendering = {
  /** IANA name. */
  zone: string
  head: NotebookHead
  /** Where the raw record of a cited event is found beside the document. */
  recordLink?: (citation: Citation, n: number) => string | null
}

export type NotebookTextFormat = 'md' | 'html' | 'jsonl'
