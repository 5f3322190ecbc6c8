import { BASES, CATEGORIES, OUTCOMES, SEVERITIES } from '../domain'

export type FieldKind = 'text' | 'choice' | 'number' | 'duration' | 'time' | 'ip' | 'flag'

export type Field = {
  name: string
  /** One short sentence for the completion list. */
  meaning: string
  kind: FieldKind
  /** Every value there is, for `choice` and `flag`. */
  values?: readonly string[]
}

/** Fields that hold text and take wildcards, lists and regular expressions. */
export const TEXT_FIELDS = [
  'user',
  'ip',
  'machine',
  'target',
  'client',
  'tenant',
  'project',
  'session',
  'approval',
  'source',
  'connection',
  'stream',
  'category',
  'severity',
  'outcome',
  'basis',
  'reason',
  'action',
  'command',
  'text',
] as const
export type TextField = (typeof TEXT_FIELDS)[number]

export const NUMBER_FIELDS = ['exit', 'repeat', 'duration'] as const
export type NumberField = (typeof NUMBER_FIELDS)[number]

/**
 * `marked`: a star, a tag or a comment stands on it; `cited`: a notebook cites it; `changed`: earlier states are held; `late`:
 * came after its time was proven complete; `vanished`: its server no longer gives it.
 */
export const FLAGS = ['marked', 'cited', 'companion', 'changed', 'late', 'vanished'] as const
export type Flag = (typeof FLAGS)[number]

/** What may be attached; `recording`: that of its session is held. */
export const ATTACHED = ['comment', 'recording'] as const
export type Attached = (typeof ATTACHED)[number]

export type FieldName = TextField | NumberField | 'time' | 'is' | 'has' | 'tag' | `field.${string}`

function text(name: TextField, meaning: string): Field {
  return { name, meaning, kind: 'text' }
}

function choice(name: TextField, meaning: string, values: readonly string[]): Field {
  return { name, meaning, kind: 'choice', values }
}

/** Every word that may stand before a colon, in the order a completion list shows them. */
export const FIELDS: readonly Field[] = [
  text('user', 'Id, name or e-mail of who did it.'),
  { name: 'ip', meaning: 'Address it came from, or a CIDR block.', kind: 'ip' },
  text('machine', 'Name or id of the machine it happened on.'),
  text('target', 'Name or id of what it was done to.'),
  text('action', 'What was done, normalised or as the source wrote it.'),
  choice('outcome', 'Whether it worked.', OUTCOMES),
  choice('category', 'Kind of action.', CATEGORIES),
  choice('severity', 'How much it matters.', SEVERITIES),
  text('reason', 'Why it failed or waits.'),
  choice('basis', 'How the outcome is known.', BASES),
  text('command', 'Part of the command line.'),
  text('text', 'Part of any text shown, or of any attribute.'),
  { name: 'time', meaning: 'From one time up to another: A..B.', kind: 'time' },
  { name: 'exit', meaning: 'Exit code of the command.', kind: 'number' },
  { name: 'duration', meaning: 'How long it took: 500ms, 5m, 2h.', kind: 'duration' },
  { name: 'repeat', meaning: 'How many a record stands for.', kind: 'number' },
  text('client', 'Program it was done with.'),
  text('session', 'Reference of the session.'),
  text('approval', 'Reference of the approval.'),
  text('tenant', 'Tenant it belongs to.'),
  text('project', 'Project it belongs to.'),
  text('connection', 'Server or import it was read from.'),
  text('source', 'Kind of source.'),
  text('stream', 'List or log inside the connection.'),
  { name: 'field.NAME', meaning: 'Any other attribute of the source, by its name.', kind: 'text' },
  {
    name: 'is',
    meaning: 'Marked or cited by people, a companion, or how its server drifted from it.',
    kind: 'flag',
    values: FLAGS,
  },
  {
    name: 'has',
    meaning: 'What is attached to the record.',
    kind: 'flag',
    values: ATTACHED,
  },
  { name: 'tag', meaning: 'Tag given to the record: bad, suspicious, good or any other.', kind: 'text' },
]

/** The field of that name, in any case; null for an unknown one. `field.NAME` stands for every attribute. */
export function fieldNamed(name: string): Field | null {
  const lower = name.toLowerCase()
  if (lower.startsWith('field.')) return FIELDS.find((field) => field.name === 'field.NAME') ?? null
  return FIELDS.find((field) => field.name === lower) ?? null
}

export function isTextField(name: string): name is TextField {
  return TEXT_FIELDS.some((field) => field === name)
}

export function isFlag(word: string): word is Flag {
  return FLAGS.some((flag) => flag === word)
}

export function isAttached(word: string): word is Attached {
  return ATTACHED.some((attached) => attached === word)
}

export function isNumberField(name: string): name is NumberField {
  return NUMBER_FIELDS.some((field) => field === name)
}
