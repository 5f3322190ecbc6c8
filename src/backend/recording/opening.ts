import type { Damage } from '../../domain'
import { detect, READERS } from './formats'
import { STRIDE } from './formats/pace'
import type { OpenRecording } from './model'
import type { ReadingFiles } from './reading'
import { FileReading, isStored, readWhole } from './stored-file'
import { unpack } from './unpack'

/** A recording whose events are not read yet. */
export type Opening = {
  recording: OpenRecording
  /** Bytes of its files, unpacked. */
  size: number
  damage: readonly Damage[]
  /** The file, where all of it is not here yet, nor checked. */
  reading: FileReading | null
}

const LINE_FEED = 0x0a

/** Throws RecordingFault where nothing in it can be read, BackendFault `recording-damaged`. */
export async function openFiles({ files, part }: ReadingFiles, checksFirst: boolean): Promise<Opening> {
  const [only] = files
  const reading = only !== undefined && files.length === 1 && isStored(only) ? new FileReading(only) : null
  const begun = reading === null || checksFirst ? null : beginningOf(reading, part)
  if (begun !== null) return begun
  const unpacked = []
  for (const file of files) {
    unpacked.push(await unpack(isStored(file) ? await readWhole(reading ?? new FileReading(file)) : file))
  }
  const plain = unpacked.map(({ file }) => file)
  return {
    recording: detect(plain).open(plain, part),
    size: plain.reduce((sum, { bytes }) => sum + bytes.length, 0),
    damage: unpacked.flatMap((each) => each.damage),
    reading: null,
  }
}

/** Null where all of the file has to be here. */
function beginningOf(reading: FileReading, part: string): Opening | null {
  const { here, room } = reading
  if (reading.isEnded || here.bytes.indexOf(LINE_FEED, STRIDE) === -1) return null
  const reader = READERS.find(({ accepts }) => accepts([here]))
  if (reader?.readsLines !== true) return null
  return { recording: reader.open([room], part), size: room.bytes.length, damage: [], reading }
}
