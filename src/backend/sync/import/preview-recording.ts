import type { PreviewedRecording } from '../../../contract'
import { RecordingFault } from '../../recording'
import { factsOf, idOf, Measured, readSet } from './recording-read'
import { formatOf, type RecordingSet } from './recording-set'
import type { RecordingFacts } from '../../store'

/** Bytes of all files of a recording that is read for a preview. */
const MOST_READ = 8 * 2 ** 20

const MOST_PARTS = 20

/** Throws `RecordingFault` where nothing in it can be read. */
export async function previewRecording(set: RecordingSet): Promise<PreviewedRecording> {
  const size = set.files.reduce((sum, { file }) => sum + file.size, 0)
  if (size > MOST_READ) {
    const format = await formatOf(set)
    if (format instanceof RecordingFault) throw format
    return { format, parts: 1, cols: null, rows: null, start: null, durationMs: null }
  }
  const read = await readSet(set)
  const found: RecordingFacts[] = []
  for (const part of read.parts.slice(0, MOST_PARTS)) {
    const recording = read.open(part.part)
    const measured = new Measured()
    for (const _ of measured.read(recording)) continue
    found.push(factsOf(read, { id: idOf(read, part), recording, measured, place: set.place, fetchedAt: 0 }))
  }
  const [first] = found
  if (!first) throw new RecordingFault(set.place, 'It holds no recording.')
  const { format, cols, rows } = first
  const starts = found.flatMap(({ start }) => (start === null ? [] : [start]))
  const ends = found.flatMap(({ start, durationMs }) => (start === null ? [] : [start + (durationMs ?? 0)]))
  const start = starts.length > 0 ? Math.min(...starts) : null
  const durationMs = start === null ? first.durationMs : Math.max(...ends) - start
  return { format, parts: read.parts.length, cols, rows, start, durationMs }
}
