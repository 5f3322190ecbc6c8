import type { FileSource } from '../file-source'
import { arrangeFiles } from './arrange'
import { createHeaders } from './header'
import { createLines } from './lines'
import { createNamer } from './namer'
import { createReader, KIND } from './reader'
import { createSurvey, type SshdFile } from './survey'

/** Authentication files of syslog: `auth.log`, `secure` and their like, with sshd's lines among others. */
export const sshdSource: FileSource<SshdFile> = {
  kind: KIND,
  recognises,
  survey: createSurvey,
  arrange: arrangeFiles,
  reader: (files, options, whole = files) => createReader(files, options, whole),
  namer: createNamer,
}

/** Half of the lines have a readable header; the last one may be cut. */
function recognises(head: Uint8Array): boolean {
  const { read } = createHeaders()
  let readable = 0
  let seen = 0
  const lines = createLines((line) => {
    seen++
    if (read(line) === null) readable++
  })
  lines.push(head)
  if (seen === 0) lines.end()
  return readable > 0 && readable * 2 >= seen
}
