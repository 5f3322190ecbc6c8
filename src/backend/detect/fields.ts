import { formatInstant, type Change } from '../../domain'
import type { NumberColumn, TextColumn } from '../store'
import type { EventRow } from './event-row'
import { jsonTexts } from './json-path'

// What an event offers to rules. A name is looked for among the words of events and queries and their other spellings, then
// among the attributes, then in the record itself where that is JSON. The first place with a value decides.

export type RowTest = (row: EventRow) => boolean

type Place = { columns: readonly TextColumn[]; other?: (row: EventRow) => readonly string[] }

/** Reads every text an event has under one name; none where it has none. */
export type Field = {
  name: string
  texts(row: EventRow): readonly string[]
  /** The first of them. */
  first(row: EventRow): string | undefined
  /**
   * A test of whether any of them is as asked, for the rows of one cursor: what was found out about a text is kept where the
   * text has a number.
   */
  any(test: (text: string) => boolean): RowTest
}

const NONE: readonly string[] = []

const COLUMNS: readonly [columns: readonly TextColumn[], ...names: string[]][] = [
  [['actorName', 'actorEmail', 'actorId'], 'user', 'actor'],
  [['actorName'], 'user_name', 'username', 'userName', 'actor_name', 'actorName', 'actor.name', 'user.name', 'User'],
  [['actorId'], 'user_id', 'actor_id', 'actorId', 'actor.id', 'user.id'],
  [['actorEmail'], 'user_email', 'actor_email', 'actorEmail', 'actor.email', 'user.email'],
  [['actorKind'], 'actor_type', 'actor_kind', 'actorKind', 'actor.kind'],
  [['onBehalf'], 'on_behalf', 'onBehalf'],
  [['targetName', 'targetId'], 'target'],
  [['targetName'], 'target_name', 'targetName', 'target.name', 'resource_name'],
  [['targetId'], 'target_id', 'targetId', 'target.id', 'resource_id'],
  [['targetKind'], 'target_kind', 'targetKind', 'target.kind', 'resource_type'],
  [['machineName', 'machineId'], 'machine', 'host'],
  [['machineName'], 'machine_name', 'machineName', 'machine.name', 'host_name', 'hostname', 'host.name'],
  [['machineId'], 'machine_id', 'machineId', 'machine.id', 'host_id', 'host.id'],
  [['machineKind'], 'machine_kind', 'machineKind', 'machine.kind'],
  [['ip'], 'ip', 'src_ip', 'source_ip', 'source.ip', 'ip_address'],
  [['userAgent'], 'user_agent', 'userAgent'],
  [['client'], 'client'],
  [['tenant'], 'tenant', 'org', 'org_id', 'tenant_id'],
  [['project'], 'project'],
  [['session'], 'session', 'session_id'],
  [['approval'], 'approval', 'approval_id', 'request_id'],
  [['action', 'actionRaw'], 'action'],
  [['actionRaw'], 'action_raw', 'actionRaw'],
  [['category'], 'category'],
  [['outcome'], 'outcome'],
  [['outcomeBasis'], 'basis', 'outcome_basis', 'outcomeBasis'],
  [['reason'], 'reason'],
  [['severity'], 'severity'],
  [['severityBasis'], 'severity_basis', 'severityBasis'],
  [['command'], 'command'],
  [['output'], 'output'],
  [['authMethod'], 'auth_method', 'authMethod'],
  [['mfa'], 'mfa'],
  [['fileName'], 'file_name', 'fileName', 'file.name'],
  [['fileDirection'], 'file_direction', 'fileDirection', 'file.direction'],
  [['decision'], 'decision'],
  [['approver'], 'approver', 'approver_id'],
  [['justification'], 'justification'],
  [['scope'], 'scope'],
  [['connection'], 'connection'],
  [['source'], 'source'],
  [['stream'], 'stream'],
]

const NUMBERS: readonly [column: NumberColumn, ...names: string[]][] = [
  ['repeat', 'repeat'],
  ['exitCode', 'exit_code', 'exitCode', 'exit'],
  ['durationMs', 'duration_ms', 'durationMs', 'duration'],
  ['fileSize', 'file_size', 'fileSize', 'file.size'],
]

const OTHERS: readonly [read: (row: EventRow) => readonly string[], ...names: string[]][] = [
  [(row) => [formatInstant(row.time)], 'time', 'timestamp', 'ts'],
  [(row) => listed(row.command()?.line), 'CommandLine'],
  [(row) => listed(row.command()?.image), 'Image'],
  [(row) => listed(row.attribute('pwd')), 'CurrentDirectory'],
]

const PLACES: ReadonlyMap<string, Place> = new Map([
  ...COLUMNS.flatMap(([columns, ...names]) => names.map((name): [string, Place] => [name, { columns }])),
  ...NUMBERS.flatMap(([column, ...names]) =>
    names.map((name): [string, Place] => [name, { columns: [], other: (row) => listed(row.number(column)?.toString()) }]),
  ),
  ...OTHERS.flatMap(([other, ...names]) => names.map((name): [string, Place] => [name, { columns: [], other }])),
])

const ATTRIBUTE = 'field.'
const CHANGES = 'changes.'

export function fieldNamed(name: string): Field {
  const place = placeOf(name)
  const beyond = beyondColumns(name, place.other)
  return {
    name,
    texts(row) {
      const texts = place.columns.flatMap((column) => listed(row.text(column)))
      return texts.length > 0 ? texts : beyond(row)
    },
    first(row) {
      for (const column of place.columns) {
        const text = row.text(column)
        if (text !== undefined) return text
      }
      return beyond(row)[0]
    },
    any: (test) => anyText(place.columns, beyond, test),
  }
}

function placeOf(name: string): Place {
  if (name.startsWith(CHANGES)) return { columns: [], other: changeReader(name.slice(CHANGES.length)) }
  return PLACES.get(name) ?? { columns: [] }
}

function beyondColumns(name: string, other: Place['other']): (row: EventRow) => readonly string[] {
  if (name.startsWith(ATTRIBUTE)) return (row) => listed(row.attribute(name.slice(ATTRIBUTE.length)))
  const path = name.split('.')
  return (row) => {
    const own = other?.(row) ?? NONE
    if (own.length > 0) return own
    const attribute = row.attribute(name)
    if (attribute !== undefined) return [attribute]
    const json = row.json()
    return json === undefined ? NONE : jsonTexts(json, path)
  }
}

const NO = 1
const YES = 2

function anyText(columns: readonly TextColumn[], beyond: (row: EventRow) => readonly string[], test: (text: string) => boolean): RowTest {
  const verdicts = columns.map((column) => columnVerdict(column, test))
  return (row) => {
    let isThere = false
    for (const verdictOf of verdicts) {
      const verdict = verdictOf(row)
      if (verdict === YES) return true
      if (verdict === NO) isThere = true
    }
    if (isThere) return false
    for (const text of beyond(row)) if (test(text)) return true
    return false
  }
}

/** `NO`, `YES`, or 0 where the column has no text. */
function columnVerdict(column: TextColumn, test: (text: string) => boolean): (row: EventRow) => number {
  if (column === 'source' || column === 'connection') return (row) => (test(row.text(column) ?? '') ? YES : NO)
  // By the number of the text.
  let known = new Uint8Array(256)
  return (row) => {
    const code = row.code(column)
    if (code === 0) return 0
    if (code >= known.length) known = grown(known, code)
    if (known[code] === 0) known[code] = test(row.text(column) ?? '') ? YES : NO
    return known[code] ?? 0
  }
}

function grown(verdicts: Uint8Array<ArrayBuffer>, code: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(code + 1, verdicts.length * 2))
  larger.set(verdicts)
  return larger
}

/** `changes.new` of any field, `changes.role.new` of the one of that name. */
function changeReader(asked: string): (row: EventRow) => readonly string[] {
  const parts = asked.split('.')
  const what = parts.pop() ?? ''
  const field = parts.join('.').toLowerCase()
  return (row) =>
    row
      .changes()
      .filter((change) => field === '' || change.field.toLowerCase() === field)
      .flatMap((change) => listed(valueOf(change, what)))
}

function valueOf(change: Change, what: string): string | undefined {
  switch (what) {
    case 'field':
      return change.field
    case 'old':
      return change.oldFull ?? change.old
    case 'new':
      return change.newFull ?? change.new
    default:
      return undefined
  }
}

function listed(text: string | undefined): readonly string[] {
  return text === undefined ? NONE : [text]
}
