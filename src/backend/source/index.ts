import type { Instant } from '../../domain'
import type { FileSource } from './file-source'
import type { ListForm, ListPage, ServerSource } from './server-source'
import { sshdSource } from './sshd'
import { decodeForm, lastTimeOf, webxtermSource } from './webxterm'
import { readJson } from './json'

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

export type { Allowed, FetchDoor, FetchOptions, Fetched, Linked, ReadBody, Said } from './fetch-door'
export { openDoor, type DoorOptions } from './open-door'
export { readAddress, readProxy } from './door/address'
export { waitAsked } from './door/http-date'
export { JsonFault } from './json'
export { ServerFault, type ServerFaultCode } from './server-fault'
export {
  BEGINNING,
  type ListForm,
  type ListedRecording,
  type ListPage,
  type PageAsk,
  type PendingSignIn,
  type Probe,
  type Reach,
  type RecordingList,
  type RecordingPage,
  type ServerList,
  type ServerRecord,
  type ServerSource,
  type SignInAnswer,
} from './server-source'

/** Every kind of server that can be connected. */
export const serverSources: readonly ServerSource[] = [webxtermSource]

/** Reads one answer of a list. Throws `JsonFault`, and `ServerFault` `bad-answer` where it is no such list. */
export function decodeList(form: ListForm, body: Uint8Array): ListPage {
  return decodeForm(form, { body, json: readJson(body) })
}

/** A quick guess at the time of the last record of an answer; null where it does not show. */
export function lastTimeIn(form: ListForm, body: Uint8Array): Instant | null {
  return lastTimeOf(form, body)
}
