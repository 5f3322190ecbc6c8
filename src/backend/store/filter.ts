import type { Instant } from '../../domain'

/** Columns that hold one text per record. */
export const TEXT_COLUMNS = [
  'category',
  'action',
  'actionRaw',
  'outcome',
  'outcomeBasis',
  'reason',
  'severity',
  'severityBasis',
  'actorId',
  'actorName',
  'actorEmail',
  'actorKind',
  'onBehalf',
  'targetKind',
  'targetId',
  'targetName',
  'machineKind',
  'machineId',
  'machineName',
  'session',
  'approval',
  'ip',
  'userAgent',
  'client',
  'tenant',
  'project',
  'command',
  'output',
  'authMethod',
  'mfa',
  'fileName',
  'fileDirection',
  'decision',
  'approver',
  'justification',
  'scope',
  'connection',
  'source',
  'stream',
] as const
export type TextColumn = (typeof TEXT_COLUMNS)[number]

export const NUMBER_COLUMNS = ['repeat', 'exitCode', 'durationMs', 'fileSize'] as const
export type NumberColumn = (typeof NUMBER_COLUMNS)[number]

export type Comparison = '=' | '<' | '<=' | '>' | '>='

/** How a text is matched; all but `regex` ignore case. */
export type TextMatch =
  | { op: 'equals'; value: string }
  /** `*` any run, `?` one character, the whole value. */
  | { op: 'wildcard'; pattern: string }
  | { op: 'contains'; value: string }
  /** Anchored nowhere. */
  | { op: 'regex'; pattern: RegExp }
  /** Address inside a block; values that are no address do not match. */
  | { op: 'cidr'; block: string }

export type Filter =
  | { kind: 'all' }
  | { kind: 'and' | 'or'; parts: Filter[] }
  | { kind: 'not'; part: Filter }
  /** Any of the columns matches. */
  | { kind: 'text'; columns: TextColumn[]; match: TextMatch }
  | { kind: 'number'; column: NumberColumn; comparison: Comparison; value: number }
  /** The attribute of that name matches; names ignore case. */
  | { kind: 'attribute'; name: string; match: TextMatch }
  /** Any shown or attribute text matches. */
  | { kind: 'anyText'; match: TextMatch }
  | { kind: 'time'; from: Instant; to: Instant }
  | { kind: 'companion' }
  /** Has earlier states; came after its time had been proven complete; is no longer given by its server. */
  | { kind: 'drift'; what: 'changed' | 'late' | 'vanished' }
  | KeyFilter
  /** Of a session with a held recording. */
  | { kind: 'recorded' }

/** Of an event that people wrote about: its rows are found by key. */
export type KeyFilter =
  | { kind: 'keys'; of: 'marked' | 'cited' | 'commented' }
  /** Has a quick tag or a free one that matches. */
  | { kind: 'tag'; match: TextMatch }
