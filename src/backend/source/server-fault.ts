import { BackendFault, type FaultCode } from '../../contract'

export type ServerFaultCode = Extract<
  FaultCode,
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'not-offered'
  | 'throttled'
  | 'server-error'
  | 'bad-answer'
  | 'redirect-refused'
  | 'request-refused'
  | 'insecure-address'
  | 'wrong-code'
  | 'cancelled'
>

/** Why a request came to nothing, in plain words. */
export class ServerFault extends BackendFault {
  declare readonly code: ServerFaultCode
  /** Status of the answer; null where none came. */
  readonly status: number | null
  /** Milliseconds the server asked to wait; null where it said nothing. */
  readonly retryAfterMs: number | null
  /** The server's own words, short and harmless; null where it gave none. */
  readonly said: string | null

  constructor(fault: { code: ServerFaultCode; message: string; status?: number; retryAfterMs?: number; said?: string }) {
    super({ code: fault.code, message: fault.message })
    this.name = 'ServerFault'
    this.status = fault.status ?? null
    this.retryAfterMs = fault.retryAfterMs ?? null
    this.said = fault.said ?? null
  }
}
