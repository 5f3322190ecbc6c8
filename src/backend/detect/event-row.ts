import type { Change, Instant } from '../../domain'
import type { NumberColumn, RowCursor, TextColumn } from '../store'
import { BigramSet } from './bigrams'
import { simpleCommands, type SimpleCommand } from './command-parts'

/** Bytes of a record that rules look at as text or JSON; what is larger is looked at by its fields alone. */
const LARGEST_RAW = 1024 * 1024

/** The event that rules look at: a place in a cursor, with what was made of its bytes so far. */
export class EventRow {
  readonly cursor: RowCursor
  at = -1
  #raw: string | null = null
  #lower: string | null = null
  #json: { value: unknown } | null = null
  #commands: SimpleCommand[] | null = null
  #bigrams: BigramSet | null = null
  #isMarked = false
  /** The simple command of the line that rules about processes look at. */
  #command = 0

  constructor(cursor: RowCursor) {
    this.cursor = cursor
  }

  to(at: number): void {
    this.at = at
    this.cursor.to(at)
    this.#raw = null
    this.#lower = null
    this.#json = null
    this.#commands = null
    this.#command = 0
    this.#isMarked = false
  }

  get time(): Instant {
    return this.cursor.time
  }

  get repeat(): number {
    return this.cursor.number('repeat') ?? 1
  }

  code(column: TextColumn): number {
    return this.cursor.code(column)
  }

  text(column: TextColumn): string | undefined {
    return this.cursor.text(column)
  }

  number(column: NumberColumn): number | undefined {
    return this.cursor.number(column)
  }

  attribute(name: string): string | undefined {
    return this.cursor.attribute(name)
  }

  changes(): readonly Change[] {
    return this.cursor.changes()
  }

  key(): string {
    return this.cursor.key()
  }

  /** The record's bytes as text. */
  raw(): string {
    if (this.#raw !== null) return this.#raw
    const bytes = this.cursor.raw()
    this.#raw = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LARGEST_RAW)).toString('utf8')
    return this.#raw
  }

  rawLower(): string {
    return (this.#lower ??= this.raw().toLowerCase())
  }

  /** False where the lower-case text of the record cannot hold a text with these bigrams. */
  mayHold(bigrams: Uint16Array): boolean {
    this.#bigrams ??= new BigramSet()
    if (!this.#isMarked) this.#bigrams.mark(this.rawLower())
    this.#isMarked = true
    return this.#bigrams.hasAll(bigrams)
  }

  /** What the record is as JSON; undefined where it is none. */
  json(): unknown {
    this.#json ??= { value: parsed(this.cursor.raw()) }
    return this.#json.value
  }

  /** How many simple commands its line runs; none where it has no line. */
  commands(): number {
    const line = this.text('command')
    this.#commands ??= line === undefined ? [] : simpleCommands(line)
    return this.#commands.length
  }

  toCommand(command: number): void {
    this.#command = command
  }

  command(): SimpleCommand | undefined {
    this.commands()
    return this.#commands?.[this.#command]
  }
}

const OPEN_OBJECT = 123

function parsed(bytes: Uint8Array): unknown {
  if (bytes[0] !== OPEN_OBJECT || bytes.length > LARGEST_RAW) return undefined
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'))
  } catch {
    return undefined
  }
}
