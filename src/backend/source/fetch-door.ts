import type { Instant } from '../../domain'

export type Allowed = {
  method: 'GET' | 'POST'
  path: RegExp
  /** Its answers give the address of a file, which may be at another origin; see `FetchDoor.linked`. */
  links?: true
}

export type FetchOptions = { signal?: AbortSignal; /** Another origin's or no credentials: the token is not sent. */ anonymous?: boolean }

/** One answer of status 200 to 299 whose body is JSON by its type. */
export type Fetched = {
  /** Method and address without credentials. */
  place: string
  status: number
  /** The server's own Date header. */
  date?: string
  /** The same as a time; the machine's own clock where the header is missing or cannot be read. */
  serverTime: Instant
  fetchedAt: Instant
  body: Uint8Array
}

/** A file from the address that an answer of the server gave. */
export type Linked = {
  /** The answer. */
  link: Omit<Fetched, 'body'>
  /** Method and address of the file. Its query, which is as good as a key, is left out. */
  place: string
  fetchedAt: Instant
  body: Uint8Array
}

export type Said<T> = Omit<Fetched, 'body'> & { said: T }

/** Makes of a body what it holds, and may move it elsewhere. A `JsonFault` that it throws is the fault of a bad answer. */
export type ReadBody<T> = (body: Uint8Array) => T | Promise<T>

/** The only way to a server: an allow-list of requests, one origin, no secrets in addresses. */
export interface FetchDoor {
  /** `path` begins with a slash and carries its query. Rejects with `ServerFault`. */
  get(path: string, options?: FetchOptions): Promise<Fetched>
  /** The same with what `read` made of the body in its place: bodies are large, and are read once and where there is time for it. */
  read<T>(path: string, read: ReadBody<T>, options?: FetchOptions): Promise<Said<T>>
  /**
   * Asks an allowed path whose answers link to a file, and gets the file at once from the address that `linkIn` finds in
   * the answer: without token, cookies and redirects, over https; over http on this machine only, where the server is
   * there too.
   */
  linked(path: string, linkIn: (body: Uint8Array) => string, options?: FetchOptions): Promise<Linked>
  post(path: string, body: Record<string, unknown>, options?: FetchOptions): Promise<Fetched>
  /** Token sent from now on; null sends none. */
  useToken(token: string | null): void
  /** The token in use, so that a source can read what it says of its holder. */
  readonly token: string | null
  /** Requests made since the door was opened, refused ones not counted. */
  readonly requests: number
}
