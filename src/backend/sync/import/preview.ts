import type { ImportOptions, ImportPreview } from '../../../contract'
import type { AuditEvent } from '../../../domain'
import type { FileSource, SourceEvent } from '../../source'
import { RecordingFault } from '../../recording'
import { readHead, type ImportFile } from './import-file'
import { previewRecording } from './preview-recording'
import { RECORDING_KIND, type RecordingSet } from './recording-set'
import type { Plan } from './plan'

/** Rows of a file that a preview shows. */
const SAMPLE = 5

type PreviewedFile = ImportPreview['files'][number]
export type Previewed = Omit<PreviewedFile, 'input' | 'sample'> & { file: ImportFile; events: Omit<AuditEvent, 'key'>[] }

/** How the files would be read, judged from the first 64 kB of each. */
export async function previewImport(plan: Plan, options: ImportOptions): Promise<Previewed[]> {
  const read: Previewed[] = []
  for (const { source, files } of plan.groups) {
    for (const file of files) read.push(previewFile(file, await readHead(file), { source, options }))
  }
  for (const set of plan.recordings) read.push(...(await previewSet(set)))
  const unread = plan.unread.map(({ file, reason }) => ({
    ...bare(file),
    kind: null,
    problem: reason,
    first: null,
    last: null,
    yearAssumed: false,
    events: [],
  }))
  return [...read, ...unread]
}

async function previewSet(set: RecordingSet): Promise<Previewed[]> {
  const none = { first: null, last: null, yearAssumed: false, events: [] }
  try {
    const recording = await previewRecording(set)
    const { start, durationMs } = recording
    const times = start === null ? {} : { first: start, last: start + (durationMs ?? 0) }
    return set.files.map(({ file }) => ({ ...bare(file), ...none, ...times, kind: RECORDING_KIND, recording }))
  } catch (error) {
    if (!(error instanceof RecordingFault)) throw error
    return set.files.map(({ file }) => ({ ...bare(file), ...none, kind: null, problem: error.message }))
  }
}

function previewFile(file: ImportFile, head: Uint8Array, how: { source: FileSource; options: ImportOptions }): Previewed {
  const { year, zone = 'UTC' } = how.options
  const options = year === undefined ? { zone } : { zone, year }
  // The last line of a head is mostly cut.
  const whole = head.subarray(0, head.lastIndexOf(0x0a) + 1 || head.length)
  const survey = how.source.survey({ name: file.place, mtime: file.mtime }, options)
  survey.push(whole)
  const surveyed = survey.end()
  const reader = how.source.reader([surveyed], options)
  reader.nextFile()
  const { records } = reader.push(whole)
  const { first, last, yearAssumed } = surveyed
  const events = records.slice(0, SAMPLE).map((record) => plain(record.event))
  return { ...bare(file), kind: how.source.kind, first, last, yearAssumed, events }
}

/** The same without the fields it does not have. */
function plain(event: SourceEvent): Omit<AuditEvent, 'key'> {
  const held = Object.entries(event).filter(([, value]) => value !== undefined)
  return Object.fromEntries(held) as Omit<AuditEvent, 'key'>
}

function bare(file: ImportFile) {
  return { file, name: file.place, size: file.size, compressed: file.compressed }
}
