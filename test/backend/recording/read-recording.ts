import { RecordedEvents, type DamageList } from '../../../src/backend/recording/events'
import { detect } from '../../../src/backend/recording/formats'
import { EVENT_KINDS, type EventColumns, type EventKind, type RecordingFile } from '../../../src/backend/recording/model'
import type { RecordingHead } from '../../../src/domain'

export type SeenEvent = [time: number, kind: EventKind, text: string]
export type ReadRecording = {
  head: RecordingHead
  columns: EventColumns
  damage: DamageList
  yields: number
  progressed: number
}

export function fileOf(content: string | Uint8Array, name = 'a.cast'): RecordingFile {
  return { name, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content }
}

/** What the format of the files makes of them, in their first part. */
export function readRecording(...files: RecordingFile[]): ReadRecording {
  const reader = detect(files)
  const [part] = reader.parts(files)
  const { head, read } = reader.open(files, part?.part ?? '')
  const events = new RecordedEvents()
  let yields = 0
  for (const _ of read(events)) yields++
  return { head, columns: events.columns, damage: events.damages, yields, progressed: events.progressed }
}

/** The events as they are written down in tests. Times are rounded to what any format writes. */
export function eventsOf({ columns }: { columns: EventColumns }): SeenEvent[] {
  return Array.from({ length: columns.count }, (_, i) => [
    Math.round((columns.times[i] ?? 0) * 1e6) / 1e6,
    EVENT_KINDS[columns.kinds[i] ?? -1] ?? 'other',
    new TextDecoder().decode(columns.bytes.subarray(columns.offsets[i], columns.offsets[i + 1])),
  ])
}
