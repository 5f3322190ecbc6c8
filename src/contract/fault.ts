export const FAULT_CODES = [
  'bad-ask',
  'bad-query',
  'unknown-method',
  'not-found',
  'workspace-locked',
  'workspace-newer',
  'workspace-damaged',
  'disk-full',
  'file-unreadable',
  'nothing-readable',
  'name-taken',
  'cancelled',
  'unreachable',
  'unauthorized',
  'forbidden',
  'not-offered',
  'throttled',
  'server-error',
  'bad-answer',
  'redirect-refused',
  'request-refused',
  'insecure-address',
  'wrong-code',
  'wrong-account',
  'ticket-expired',
  'recording-unreadable',
  'recording-damaged',
  'disconnected',
  'internal',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** What crosses the border when something a person can act on went wrong. */
export type Fault = { code: FaultCode; message: string; detail?: Record<string, string | number> }

/** A fault as an error, on either side of the border. */
export class BackendFault extends Error {
  readonly code: FaultCode
  readonly detail: Record<string, string | number> | undefined

  constructor(fault: Fault) {
    super(fault.message)
    this.name = 'BackendFault'
    this.code = fault.code
    this.detail = fault.detail
  }

  toFault(): Fault {
    return { code: this.code, message: this.message, ...(this.detail ? { detail: this.detail } : {}) }
  }
}
