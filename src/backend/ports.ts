import type { Instant } from '../domain'

export type HttpAsk = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string | Uint8Array
  /** PEM of authorities to trust beside the system's own. */
  ca?: string
  /** Address of an HTTP proxy. */
  proxy?: string
  signal?: AbortSignal
  /** Milliseconds until the whole answer must be there. */
  timeoutMs: number
  /** Longer bodies are refused. */
  maxBytes: number
}

/** An answer as it came: redirects are never followed, whatever the status. */
export type HttpAnswer = {
  status: number
  /** By lower-case name; several of one name are joined by `, `. */
  headers: Record<string, string>
  body: Uint8Array
}

/** What kept an answer from coming. */
export type HttpProblem = 'dns' | 'refused' | 'reset' | 'tls' | 'no-tls' | 'timeout' | 'aborted' | 'too-long' | 'proxy' | 'other'

/** No answer came. The message is the machine's own words. */
export class NoAnswer extends Error {
  readonly problem: HttpProblem

  constructor(problem: HttpProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NoAnswer'
    this.problem = problem
  }
}

/** Nothing was printed. The message is meant for the person. */
export class CannotPrint extends Error {
  readonly problem: 'no-program' | 'failed'

  constructor(problem: CannotPrint['problem'], message: string) {
    super(message)
    this.name = 'CannotPrint'
    this.problem = problem
  }
}

/** What the backend needs from a machine. Hosts differ in these; file reading and writing is Node's own on every host. */
export interface Ports {
  clock: { now(): Instant }
  log: { info(message: string): void; error(message: string, error?: unknown): void }
  /** Rejects with `NoAnswer`. */
  http: { request(ask: HttpAsk): Promise<HttpAnswer> }
  secrets: {
    /** Whether secrets outlive the program. */
    place(): Promise<'keystore' | 'memory'>
    get(name: string): Promise<string | null>
    set(name: string, value: string): Promise<void>
    delete(name: string): Promise<void>
  }
  /** A variable of the program's environment. */
  env(name: string): string | undefined
  /** A page of HTML, piece by piece, as PDF. Rejects with `CannotPrint`. */
  pdf: { print(html: Iterable<string>): Promise<Uint8Array> }
  /** The embedded sample server; started once, at the same values again without effect. */
  sample: { start(options: SampleAsk): Promise<{ url: string; token: string }> }
}

export type SampleAsk = { seed: number; events: number; origin: Instant }
