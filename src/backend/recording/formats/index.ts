import { RecordingFault, type RecordingFile, type RecordingReader } from '../model'
import { alpacon } from './alpacon'
import { asciicastV1 } from './asciicast-v1'
import { asciicastV2 } from './asciicast-v2'
import { asciicastV3 } from './asciicast-v3'
import { looksLike } from './looks-like'
import { script } from './script'
import { sudo } from './sudo'
import { tlog } from './tlog'
import { ttyrec } from './ttyrec'
import { webxterm } from './webxterm'

/**
 * Every format: a special case before what it is a case of, typescripts before the journals that somebody may have shown
 * in one; ttyrec, which has no mark, last.
 */
export const READERS: readonly RecordingReader[] = [
  webxterm,
  asciicastV3,
  asciicastV2,
  asciicastV1,
  alpacon,
  sudo,
  script,
  tlog,
  ttyrec,
]

const KNOWN =
  'Known are asciicast versions 1 to 3 (asciinema, WebXTerm), ttyrec, script(1), tlog, sudo I/O logs and Alpacon records.'

/**
 * The reader of these files, which are decompressed already.
 * @throws RecordingFault where no format is theirs, saying what they look like and which formats are known.
 */
export function detect(files: readonly RecordingFile[]): RecordingReader {
  const [file] = files
  if (file === undefined) throw new RecordingFault('files', `There is no file to read. ${KNOWN}`)
  const reader = READERS.find(({ accepts }) => accepts(files))
  if (reader !== undefined) return reader
  if (files.length === 1) throw new RecordingFault(file.name, `${looksLike(file.bytes)} ${KNOWN}`)
  const place = `${files.length} files`
  throw new RecordingFault(place, `These files are no recording together: ${namesOf(files)}. ${KNOWN}`)
}

function namesOf(files: readonly RecordingFile[]): string {
  const shown = files.slice(0, 5).map(({ name }) => name)
  return files.length > shown.length ? `${shown.join(', ')} and ${files.length - shown.length} more` : shown.join(', ')
}
