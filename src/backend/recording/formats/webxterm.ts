import { RecordingFault, type RecordingFile, type RecordingReader } from '../model'
import { onePart, onlyFile, type CastFields } from './asciicast'
import { eventCodes, headerOfVersion, openLines } from './asciicast-lines'
import { VERSION_2 } from './asciicast-v2'

// What WebXTerm's server writes: an asciicast of version 2 that says 220x50 whatever the size was, with output alone,
// without the resizes. Its title gives the first eight characters of the session's id, and the user.

const COLS = 220
const ROWS = 50
const FIELDS = new Set(['version', 'width', 'height', 'timestamp', 'title'])
const TITLE = /^Session (\S{8}) — (\S.{0,255})$/u
/** Looked at for events that are not output. */
const LOOKED_AT = 64 * 1024

type Titled = { session: string; user: string }

function titled({ title }: CastFields): Titled | null {
  const [, session, user] = (typeof title === 'string' && TITLE.exec(title)) || []
  return session !== undefined && user !== undefined ? { session, user } : null
}

function titleOf(files: readonly RecordingFile[]): Titled | null {
  const fields = headerOfVersion(files, 2)?.fields
  if (fields === undefined || fields['width'] !== COLS || fields['height'] !== ROWS) return null
  if (Object.keys(fields).some((name) => !FIELDS.has(name))) return null
  const title = titled(fields)
  if (title === null) return null
  const codes = eventCodes(onlyFile(files)?.bytes.subarray(0, LOOKED_AT) ?? new Uint8Array())
  return [...codes].every((code) => code === 'o') ? title : null
}

export const webxterm: RecordingReader = {
  readsLines: true,
  accepts: (files) => titleOf(files) !== null,
  parts: onePart,
  open: (files) => {
    const title = titleOf(files)
    if (title === null) throw new RecordingFault('line 1', 'Expected the header that WebXTerm writes.')
    const { head, read } = openLines(files, VERSION_2)
    return { head: { ...head, format: 'webxterm', sizeAssumed: true, ...title }, read }
  },
}
