import type { RecordingReader } from '../model'
import { onePart } from './asciicast'
import { headerOfVersion, openLines, type CastDialect } from './asciicast-lines'
import { isJsonObject } from './json-items'

const VERSION_3: CastDialect = {
  format: 'asciicast-v3',
  version: 3,
  rawSize: ({ term }) => (isJsonObject(term) ? { cols: term['cols'], rows: term['rows'] } : { cols: null, rows: null }),
}

export const asciicastV3: RecordingReader = {
  readsLines: true,
  accepts: (files) => headerOfVersion(files, 3) !== null,
  parts: onePart,
  open: (files) => openLines(files, VERSION_3),
}
