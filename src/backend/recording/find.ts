import { BackendFault, type RecordingHit } from '../../contract'
import { hitsIn } from './hits'
import type { Reading } from './reading'
import { closedFault } from './reading-fault'
import type { TextShelf } from './text-shelf'

/** `ids` in the order in which they are searched. */
export type FindAsk = { text: string; ids: readonly string[] }

export type Found = {
  /** Those that show the text. */
  recordings: { id: string; total: number; hits: RecordingHit[] }[]
  searched: number
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

export async function searchAll({ text, ids }: FindAsk, { texts, open, read }: Places): Promise<Found> {
  const found: Found = { recordings: [], searched: 0, unsearched: [] }
  for (const id of ids) {
    if (texts.isClosed) throw closedFault()
    try {
      const reading = open(id)
      const { total, hits, stopped } = reading === null ? await searchText(texts, { id, text, read }) : await searchOpen(reading, text)
      found.searched++
      if (total > 0) found.recordings.push({ id, total, hits: hits.slice(0, MOST_HITS) })
      if (stopped !== null) found.unsearched.push({ id, reason: stopped })
    } catch (error) {
      if (!(error instanceof BackendFault) || texts.isClosed) throw error
      found.unsearched.push({ id, reason: error.message })
    }
  }
  return found
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
