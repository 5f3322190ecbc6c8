import { ATTRIBUTE, TEXT, type BlockHead } from './block'
import { EVENT_TEXT_COLUMNS, NUMBER_COLUMNS, flagsOf, type BareEvent, type EventTextColumn } from './columns'
import type { IncomingRecord, RecordBatch } from './door'
import type { NumberColumn } from './filter'
import { keyHasher } from './key-index'
import { LinkBuilder } from './links'
import { NumberBuilder } from './number-builder'
import { encodeParts } from './parts'
import { TextBuilder, narrowed, type BuildHome } from './text-builder'

type Builders = { texts: Record<EventTextColumn, TextBuilder>; numbers: Record<NumberColumn, NumberBuilder> }

/** Encodes records one by one as they come, so that they need not live longer than that. */
export class BatchEncoder {
  rows = 0
  /** Bytes of the records taken in. */
  size = 0
  readonly #kind: string
  readonly #hash: ReturnType<typeof keyHasher>
  readonly #times = new NumberBuilder()
  readonly #sequences = new NumberBuilder()
  readonly #flags = new NumberBuilder()
  readonly #hashes = new NumberBuilder()
  readonly #places = new NumberBuilder()
  readonly #rawEnds = new NumberBuilder()
  readonly #own = { id: new TextBuilder(), instance: new TextBuilder(), stream: new TextBuilder() }
  readonly #builders: Builders = {
    texts: Object.fromEntries(EVENT_TEXT_COLUMNS.map((c) => [c, new TextBuilder()])) as Builders['texts'],
    numbers: Object.fromEntries(NUMBER_COLUMNS.map((c) => [c, new NumberBuilder(c === 'repeat' ? 1 : Number.NaN)])) as Builders['numbers'],
  }
  readonly #attributes = new Map<string, TextBuilder>()
  #changes: BlockHead['changes'] = []
  readonly #links = new LinkBuilder()
  #raw = Buffer.allocUnsafeSlow(64 * 1024)

  /** `kind` is that of the connection that will hold the records. */
  constructor(kind: string) {
    this.#kind = kind
    this.#hash = keyHasher(kind)
  }

  add(record: IncomingRecord): void {
    const { event, raw } = record
    const row = this.rows++
    this.#addRaw(raw)
    this.#rawEnds.add(row, this.size)
    this.#places.add(row, record.offset)
    this.#own.id.add(row, record.id)
    this.#own.instance.add(row, record.instance)
    this.#own.stream.add(row, record.stream)
    const hash = this.#hash(record)
    this.#hashes.add(2 * row, hash.a)
    this.#hashes.add(2 * row + 1, hash.b)
    this.#times.add(row, event.time)
    this.#sequences.add(row, event.sequence)
    this.#flags.add(row, flagsOf(event))
    addEvent(this.#builders, row, event)
    for (const name in event.attributes) this.#attribute(name).add(row, event.attributes[name])
    if (event.changes) this.#changes.push([row, event.changes])
    if (event.links) this.#links.add(row, event.links)
  }

  /** The records since the last time, in memory of their own. */
  finish(): RecordBatch {
    const { rows, size } = this
    const raw = new Uint8Array(this.#raw.subarray(0, size))
    const rawEnds = this.#rawEnds.whole(rows)
    // The first arrays of every block, in the order in which `decodeBlock` takes them.
    const arrays: BuildHome['arrays'] = [
      this.#times.exact(rows),
      narrowed(this.#sequences.whole(rows)),
      narrowed(this.#flags.whole(rows)),
      this.#hashes.whole(2 * rows),
      this.#places.exact(rows),
      rawEnds,
    ]
    const head: BlockHead = { rows, texts: {}, numbers: {}, changes: this.#changes, links: this.#links.finish(arrays) }
    this.#finishTexts(head, { arrays, rows, rawText: this.#raw.toString('latin1', 0, size), rawEnds })
    for (const column of NUMBER_COLUMNS) {
      const builder = this.#builders.numbers[column]
      if (builder.isUsed) head.numbers[column] = arrays.push(builder.exact(rows)) - 1
    }
    const columns = encodeParts({ head, arrays })
    this.#clear()
    return { kind: this.#kind, rows, columns, raw }
  }

  #finishTexts(head: BlockHead, home: BuildHome): void {
    const put = (name: string, builder: TextBuilder): boolean => {
      const encoded = builder.finish(home)
      if (encoded) head.texts[name] = encoded
      return encoded !== null
    }
    for (const [name, builder] of Object.entries(this.#own)) put(name, builder)
    for (const column of EVENT_TEXT_COLUMNS) put(TEXT + column, this.#builders.texts[column])
    for (const [name, builder] of this.#attributes) if (!put(ATTRIBUTE + name, builder)) this.#attributes.delete(name)
  }

  #clear(): void {
    const own = [this.#times, this.#sequences, this.#flags, this.#hashes, this.#places, this.#rawEnds]
    for (const builder of [...own, ...Object.values(this.#builders.numbers)]) builder.clear()
    this.rows = 0
    this.size = 0
    this.#changes = []
  }

  #addRaw(raw: Uint8Array): void {
    const end = this.size + raw.length
    if (end > this.#raw.length) this.#raw = Buffer.concat([this.#raw], end * 2)
    this.#raw.set(raw, this.size)
    this.size = end
  }

  #attribute(name: string): TextBuilder {
    const held = this.#attributes.get(name) ?? new TextBuilder()
    this.#attributes.set(name, held)
    return held
  }
}

export function encodeBatch(records: Iterable<IncomingRecord>, kind: string): RecordBatch {
  const encoder = new BatchEncoder(kind)
  for (const record of records) encoder.add(record)
  return encoder.finish()
}

function addEvent({ texts, numbers }: Builders, row: number, event: BareEvent): void {
  texts.category.add(row, event.category)
  texts.action.add(row, event.action)
  texts.actionRaw.add(row, event.actionRaw)
  texts.outcome.add(row, event.outcome)
  texts.outcomeBasis.add(row, event.outcomeBasis)
  texts.reason.add(row, event.reason)
  texts.severity.add(row, event.severity)
  texts.severityBasis.add(row, event.severityBasis)
  texts.onBehalf.add(row, event.onBehalf)
  texts.session.add(row, event.session)
  texts.approval.add(row, event.approval)
  texts.ip.add(row, event.ip)
  texts.userAgent.add(row, event.userAgent)
  texts.client.add(row, event.client)
  texts.tenant.add(row, event.tenant)
  texts.project.add(row, event.project)
  texts.command.add(row, event.command)
  texts.output.add(row, event.output)
  texts.authMethod.add(row, event.authMethod)
  texts.mfa.add(row, event.mfa)
  texts.decision.add(row, event.decision)
  texts.approver.add(row, event.approver)
  texts.justification.add(row, event.justification)
  texts.scope.add(row, event.scope)
  numbers.repeat.add(row, event.repeat)
  numbers.exitCode.add(row, event.exitCode)
  numbers.durationMs.add(row, event.durationMs)
  addGroups({ texts, numbers }, row, event)
}

function addGroups({ texts, numbers }: Builders, row: number, { actor, target, machine, file }: BareEvent): void {
  if (actor) {
    texts.actorId.add(row, actor.id)
    texts.actorName.add(row, actor.name)
    texts.actorEmail.add(row, actor.email)
    texts.actorKind.add(row, actor.kind)
  }
  if (target) {
    texts.targetKind.add(row, target.kind)
    texts.targetId.add(row, target.id)
    texts.targetName.add(row, target.name)
  }
  if (machine) {
    texts.machineKind.add(row, machine.kind)
    texts.machineId.add(row, machine.id)
    texts.machineName.add(row, machine.name)
  }
  if (file) {
    texts.fileName.add(row, file.name)
    texts.fileDirection.add(row, file.direction)
    numbers.fileSize.add(row, file.size)
  }
}
