import type { RecordingReader } from '../model'
import { onePart } from './asciicast'
import { headerOfVersion, openLines, type CastDialect } from './asciicast-lines'

export const VERSION_2: CastDialect = {
  format: 'asciicast-v2',
  version: 2,
  rawSize: ({ width, height }) => ({ cols: width, rows: height }),
}

export const asciicastV2: RecordingReader = {
  readsLines: true,
  accepts: (files) => headerOfVersion(files, 2) !== null,
  parts: onePart,
  open: (files) => openLines(files, VERSION_2),
}
