import type { FileSource } from './file-source'
import { sshdSource } from './sshd'

export type {
  FileFacts,
  FileSource,
  ParsedRecord,
  Reading,
  ReadOptions,
  Rejected,
  StreamReader,
  Survey,
  SurveyedFile,
} from './file-source'

/** Every kind of file that can be imported, in the order in which they are asked whether they recognise one. */
export const fileSources: readonly FileSource[] = [sshdSource]
