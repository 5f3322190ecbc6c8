/** How long indexing may take before it is stopped: a recording may be made to cost hours. */
export type WorkLimits = {
  /** Milliseconds of work for every 20 MB of the recording, and for a smaller one. */
  workMs: number
  /** Milliseconds without any progress. */
  stallMs: number
}

export const WORK_LIMITS: WorkLimits = { workMs: 60_000, stallMs: 5000 }

const PORTION = 20 * 2 ** 20

export function allowedWork({ workMs }: WorkLimits, bytes: number): number {
  return workMs * Math.max(1, bytes / PORTION)
}

export const TOO_COSTLY =
  'Indexing was stopped: this recording costs far more work than any terminal session does. What came before can be played.'
export const STALLED = 'Indexing was stopped: it came to a standstill at what follows. What came before can be played.'
