import { BackendFault, type RecordingHit } from '../../contract'
import { hitsIn } from './hits'
import type { Reading } from './reading'
import { closedFault } from './reading-fault'
import type { TextShelf } from './text-shelf'

/** `ids` in the order in which they are searched; the first are in any case. */
export type FindAsk = { text: string; ids: readonly string[]; isOver: () => boolean }

export type Found = {
  /** Those that show the text. */
  recordings: { id: string; total: number; hits: RecordingHit[] }[]
  searched: number
  /** Of the ids, so many were looked at. */
  to: number
  /** Not searched, or not to the end, and why. */
  unsearched: { id: string; reason: string }[]
}

type Places = {
  texts: TextShelf
  /** The reading of one that is open and wholly indexed. */
  open: (id: string) => Reading | null
  read: (id: string) => Reading
}

/** Of each recording. */
const MOST_HITS = 20
/** Recordings read at one time: each in a thread of its own, which takes a while to begin. */
const AT_ONCE = 2

export async function searchAll({ text, ids, isOver }: FindAsk, places: Places): Promise<Found> {
  const found: Found = { recordings: [], searched: 0, unsearched: [], to: 0 }
  while (found.to < ids.length && (found.to === 0 || !isOver())) {
    const some = ids.slice(found.to, found.to + AT_ONCE)
    for (const [at, one] of (await Promise.all(some.map((id) => searchOne(id, text, places)))).entries()) {
      const id = some[at] ?? ''
      const { total, hits, stopped } = one
      if (total !== null) found.searched++
      if (total !== null && total > 0) found.recordings.push({ id, total, hits: hits.slice(0, MOST_HITS) })
      if (stopped !== null) found.unsearched.push({ id, reason: stopped })
    }
    found.to += some.length
  }
  return found
}

/** `total` is null where it could not be searched. */
async function searchOne(id: string, text: string, { texts, open, read }: Places): Promise<Omit<Hits, 'total'> & { total: number | null }> {
  if (texts.isClosed) throw closedFault()
  try {
    const reading = open(id)
    return reading === null ? await searchText(texts, { id, text, read }) : await searchOpen(reading, text)
  } catch (error) {
    if (!(error instanceof BackendFault) || texts.isClosed) throw error
    return { total: null, hits: [], stopped: error.message }
  }
}

type Hits = { total: number; hits: RecordingHit[]; stopped: string | null }

async function searchOpen(reading: Reading, text: string): Promise<Hits> {
  const { stopped } = reading.progress
  return { ...(await reading.ask('search', { text, pattern: false })), stopped }
}

type TextAsk = { id: string; text: string; read: (id: string) => Reading }

async function searchText(texts: TextShelf, { id, text, read }: TextAsk): Promise<Hits> {
  const { lines, duration, stopped } = await texts.textOf(id, () => read(id))
  // A turn for others: with the texts at hand nothing else here waits.
  await new Promise((resolve) => setImmediate(resolve))
  return { ...hitsIn(lines, { text }, { most: MOST_HITS, duration }), stopped }
}
