/** A body while it is being read. */
export type Scan = {
  bytes: Buffer
  /** One character per byte, so that places are the same; right only where all bytes are ASCII. */
  latin1: string
  at: number
  depth: number
  /** Names seen, by a rough hash. */
  names: string[]
  /** Plain texts seen, in the same way. */
  texts: string[]
}

/** Why bytes are no JSON, and where. */
export class JsonFault extends Error {
  /** Byte offset. */
  readonly at: number
  /** The bytes ended before the value did. */
  readonly truncated: boolean
  /** The message without the place. */
  readonly problem: string

  constructor(message: string, at: number, truncated = false) {
    super(`${message} at byte ${at}`)
    this.name = 'JsonFault'
    this.at = at
    this.truncated = truncated
    this.problem = message
  }
}
