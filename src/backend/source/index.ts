import type { FileSource } from './file-source'
import type { ServerSource } from './server-source'
import { sshdSource } from './sshd'
import { webxtermSource } from './webxterm'

export type {
  FileFacts,
  FileSource,
  Named,
  Nameless,
  Namer,
  ParsedRecord,
  Reading,
  ReadOptions,
  RecordId,
  Rejected,
  SourceEvent,
  StreamReader,
  Survey,
  SurveyedFile,
} from './file-source'

/** Every kind of file that can be imported, in the order in which they are asked whether they recognise one. */
export const fileSources: readonly FileSource[] = [sshdSource]

export type { Allowed, FetchDoor, FetchOptions, Fetched } from './fetch-door'
export { openDoor, type DoorOptions } from './open-door'
export { ServerFault, type ServerFaultCode } from './server-fault'
export {
  BEGINNING,
  type ListPage,
  type PageAsk,
  type PendingSignIn,
  type Probe,
  type Reach,
  type ServerList,
  type ServerRecord,
  type ServerSource,
  type SignInAnswer,
} from './server-source'

/** Every kind of server that can be connected. */
export const serverSources: readonly ServerSource[] = [webxtermSource]
