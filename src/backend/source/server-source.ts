import type { Account, AuditEvent, Instant, ServerFacts, TimeRange } from '../../domain'
import type { Allowed, FetchDoor, Fetched, Linked } from './fetch-door'
import type { WebxtermForm } from './webxterm/form'

/** A sign-in that waits for the person's next answer. Holds the server's own session token and is never stored. */
export type PendingSignIn = { session: string; username?: string }

export type SignInAnswer =
  | { step: 'code'; pending: PendingSignIn; /** Minutes the code is good for. */ minutes: number | null }
  | { step: 'tenant'; pending: PendingSignIn; tenants: { id: string; name: string }[] }
  | { step: 'done'; token: string; account: Account }

export type Probe = { dialect: string; account: Account }

/** What a source must know to ask a server's lists. */
export type Reach = Pick<ServerFacts, 'url' | 'dialect' | 'account'>

/** Reads one kind of server. All requests go through the door. */
export interface ServerSource {
  readonly kind: string
  readonly allowed: readonly Allowed[]
  signIn(door: FetchDoor, credentials: { user: string; password: string }): Promise<SignInAnswer>
  verifyCode(door: FetchDoor, pending: PendingSignIn, code: string): Promise<SignInAnswer>
  chooseTenant(door: FetchDoor, pending: PendingSignIn, tenant: string): Promise<SignInAnswer>
  /** Asks for a token that lasts longer while the door's own is still good. Null where the server gives none. */
  refresh(door: FetchDoor): Promise<{ token: string; account: Account } | null>
  /** What a token says of its holder, without asking anybody. */
  accountOf(token: string): Account
  /** Finds how the server speaks and who holds the door's token. */
  probe(door: FetchDoor): Promise<Probe>
  /** The lists there are, in the order in which they should be read. Asks the server which machines it has. */
  lists(door: FetchDoor, reach: Reach): Promise<ServerList[]>
  /** More lists that may stand beside these; whether a server has them is told when they are read. */
  unsureLists(lists: readonly ServerList[]): ServerList[]
  /** The lists of recordings that may stand beside these lists; whether there are any is told when they are read. */
  recordingLists(lists: readonly ServerList[]): RecordingList[]
  /** Reads a list of recordings, page by page. */
  recordings(door: FetchDoor, list: RecordingList): AsyncGenerator<RecordingPage, void>
  /** Gets the bytes of a recording, `id` being the server's own for it. */
  fetchRecording(door: FetchDoor, id: string): Promise<Linked>
}

/** The recordings of one machine. They are no events: what is listed is a file of its own. */
export type RecordingList = Pick<ServerList, 'stream' | 'label' | 'form'> & { machine: string }

/** What a list says of a recording. */
export type ListedRecording = {
  /** The server's own. */
  id: string
  /** As in keys of events. */
  instance: string
  /** As events name it. */
  session?: string
  user?: string
  /** Name of the machine. */
  machine?: string
  /** Bytes. */
  size?: number
  durationMs?: number
  /** When the server had it whole. */
  created?: Instant
}

export type RecordingPage = {
  recordings: ListedRecording[]
  /** The server's own count over all pages; null where it gives none. */
  total: number | null
  /** Rows that could not be read. */
  rejected: number
  fetched: Omit<Fetched, 'body'>
}

/** One list of a server and how to ask for it: the unit of coverage. */
export type ServerList = {
  /** Name in keys and in the ledger; never changes, whatever is renamed on the server. */
  stream: string
  /** Name on screen. */
  label: string
  /**
   * `window`: pages, newest first, `from` and `to` are said to be honoured; `paged`: pages, newest first;
   * `tail`: only the newest so many, no pages; `whole`: all in one answer; `parts`: several lists of pages in any order.
   */
  style: 'window' | 'paged' | 'tail' | 'whole' | 'parts'
  /** Records asked for a page; a server may answer with fewer and says so. */
  pageSize: number
  /** `tail`: how many a full answer has. */
  tail?: number
  /** `parts`: what each is asked by, in the order in which a record moves from one to another. */
  parts?: readonly string[]
  /** What even all of it lacks, in words: it is never complete. */
  lacks?: string
  /** What is asked in its place, under the same stream, where this account may not see it. */
  instead?: ServerList
  /** Records may change until this long after their time, in ms; 0 where they never do. Those still open always may. */
  changesForMs: number
  /** Id of the machine that the list is of, as events name it. */
  machine?: string
  /** Hint shown as a note of coverage, as that failed sign-ins are not visible to this role. */
  note?: string
  path(ask: PageAsk): string
  /** How its answers are read, see `decodeList`. */
  form: ListForm
}

/** What reading an answer of a list takes. Plain data: it may cross to another thread. */
export type ListForm = WebxtermForm

/** `page` counts from 1. The ends of the window go to the server as they are; whether they are inside is the server's own meaning. */
export type PageAsk = { page: number; limit: number; window?: TimeRange; part?: string }

export type ListPage = {
  records: ServerRecord[]
  /** The body with secrets replaced; the one that came in where there were none. */
  body: Uint8Array
  /** The server's own count of what was asked for, over all pages. */
  total?: number
  /** Page size as the server echoes it. */
  limit?: number
  /** Elements of the list that could not be read: which, and why. */
  rejected: { index: number; reason: string }[]
}

/** One record of a list, in the list's order. `instance`, the list's stream and `id` make its key. */
export type ServerRecord = {
  id: string
  instance: string
  event: Omit<AuditEvent, 'key'>
  /** Its bytes in the page's `body`, and where they begin there. */
  raw: Uint8Array
  offset: number
  /** Hex SHA-256 of the bytes as received, where a secret was replaced in them. */
  receivedSha256?: string
  /** It may still change, whatever its age. */
  open?: boolean
}

/** First instant of the epoch: the beginning of what a server can be asked for. */
export const BEGINNING: Instant = 0
