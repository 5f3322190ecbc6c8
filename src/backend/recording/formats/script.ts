import { parseInstant, type Instant, type RecordingHead } from '../../../domain'
import { sizeOf } from '../events'
import { RecordingFault, type OpenRecording, type RecordingFile, type RecordingReader } from '../model'
import { isStamped, openStamped } from './script-bsd'
import { coveredBy, dataFile, hasHeader, headerBefore, type DataFile } from './script-data'
import { readTimed, readUntimed, type Streams } from './script-read'
import { isTiming, surveyTiming, type TimingTotals } from './script-timing'
import { sizeOrUsual } from './screen-size'

type Sorted = { timing: RecordingFile | null; data: RecordingFile[] }

/** Which file is which, by what is in them. */
function sorted(files: readonly RecordingFile[]): Sorted {
  const filled = files.filter(({ bytes }) => bytes.length > 0)
  const timing = filled.find(({ bytes }) => isTiming(bytes)) ?? null
  return { timing, data: filled.filter((file) => file !== timing) }
}

function accepts(files: readonly RecordingFile[]): boolean {
  if (files.length > 3) return false
  const { timing, data } = sorted(files)
  const [first] = data
  if (first === undefined) return false
  if (timing !== null) return data.length <= 2 && data.every(({ bytes }) => !isTiming(bytes))
  return data.length === 1 && (hasHeader(first.bytes) || isStamped(first.bytes))
}

/** Which stream is in which file. With `--log-io` one file holds both, in the order of the timing. */
function streamsOf(data: DataFile[], totals: TimingTotals, headers: ReadonlyMap<string, string>): Streams {
  const [first, second] = data
  if (first === undefined) return { output: null, input: null }
  if (second !== undefined) {
    const swapped = secondIsOutput(first, second, { totals, headers })
    return swapped ? { output: second, input: first } : { output: first, input: second }
  }
  if (coveredBy(first, totals.output).exact) return { output: first, input: null }
  if (totals.input > 0 && coveredBy(first, totals.input).exact) return { output: null, input: first }
  const shared = headers.get('OUTPUT_LOG') === headers.get('INPUT_LOG')
  return { output: first, input: shared ? first : null }
}

type Hints = { totals: TimingTotals; headers: ReadonlyMap<string, string> }

/** Whether the second of two files is the output rather than the first. */
function secondIsOutput(first: DataFile, second: DataFile, { totals, headers }: Hints): boolean {
  const fits = (output: DataFile, input: DataFile): boolean =>
    coveredBy(output, totals.output).exact && coveredBy(input, totals.input).exact
  const straight = fits(first, second)
  const swapped = fits(second, first)
  if (straight !== swapped) return swapped
  const named = baseName(headers.get('OUTPUT_LOG') ?? '')
  if (named !== '' && baseName(first.name) !== baseName(second.name)) {
    if (baseName(second.name) === named) return true
    if (baseName(first.name) === named) return false
  }
  return totals.output > totals.input === second.bytes.length > first.bytes.length
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function headOf(file: DataFile, session: number, headers: ReadonlyMap<string, string>): RecordingHead {
  const { started, facts } = headerBefore(file, session)
  const fact = (name: string): string | undefined => headers.get(name) ?? facts.get(name)
  const size = sizeOf(Number(fact('COLUMNS')), Number(fact('LINES')))
  const command = fact('COMMAND')
  return {
    format: 'script',
    ...sizeOrUsual(size),
    start: instantOf(headers.get('START_TIME')) ?? instantOf(started),
    startPrecision: 's',
    ...(command !== undefined && { command }),
  }
}

function instantOf(text: string | null | undefined): Instant | null {
  return text === null || text === undefined ? null : parseInstant(text)
}

function open(files: readonly RecordingFile[]): OpenRecording {
  const { timing, data } = sorted(files)
  const [only] = data
  if (only === undefined || !accepts(files)) {
    throw new RecordingFault('files', 'Expected a script(1) data file, alone or with its timing file.')
  }
  if (timing === null) {
    const stamped = openStamped(only)
    if (stamped !== null) return stamped
    const file = dataFile(only)
    return { head: headOf(file, 0, new Map()), read: (sink) => readUntimed(file, sink) }
  }
  const { totals, headers } = surveyTiming(timing.bytes)
  const streams = streamsOf(data.map(dataFile), totals, headers)
  const shared = streams.output === streams.input
  const told = streams.output ?? streams.input ?? dataFile(only)
  const covered = coveredBy(told, shared ? totals.output + totals.input : totals.output)
  return {
    head: headOf(told, covered.session, headers),
    read: (sink) => readTimed({ timing, streams, totals }, sink),
  }
}

/**
 * script(1): of util-linux a data file, with its timing file or alone, which then is without any times; of the BSDs the
 * stamped file of `script -r`.
 */
export const script: RecordingReader = {
  accepts,
  parts: (files) => {
    const [first] = sorted(files).data
    return first === undefined ? [] : [{ part: '', label: baseName(first.name) }]
  },
  open,
}
