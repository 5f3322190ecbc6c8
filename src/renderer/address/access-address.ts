import { ACCESS_ORDERS, type AccessOrder } from '../../contract'

/** What the list of who reached what is narrowed to, beside the time pin, its order, and which pair is open. */
export type AccessLook = {
  text: string
  person: string | null
  machine: string | null
  production: boolean
  privileged: boolean
  ungranted: boolean
  first: boolean
  order: AccessOrder
  descending: boolean
  /** Whose accesses to which machine are shown; a null person is one that nothing names. */
  open: { person: string | null; machine: string } | null
}

const MOST_TEXT = 200
const MOST_NAME = 2000
const FLAGS = ['production', 'privileged', 'ungranted', 'first'] as const

export function defaultAccess(): AccessLook {
  return {
    text: '',
    person: null,
    machine: null,
    production: false,
    privileged: false,
    ungranted: false,
    first: false,
    order: 'last',
    descending: true,
    open: null,
  }
}

/** Reads `text=&person=&machine=&only=production,first&by=person&up=yes&on=MACHINE&who=PERSON`; undefined where all are their defaults. */
export function parseAccess(fields: ReadonlyMap<string, string>): AccessLook | undefined {
  const only = new Set((fields.get('only') ?? '').split(','))
  const name = (field: string) => fields.get(field)?.slice(0, MOST_NAME)
  const opened = name('on')
  const look: AccessLook = {
    ...defaultAccess(),
    ...Object.fromEntries(FLAGS.map((flag) => [flag, only.has(flag)])),
    text: (fields.get('text') ?? '').slice(0, MOST_TEXT),
    person: name('person') || null,
    machine: name('machine') || null,
    order: ACCESS_ORDERS.find((order) => order === fields.get('by')) ?? 'last',
    descending: fields.get('up') !== 'yes',
    open: opened ? { person: name('who') ?? null, machine: opened } : null,
  }
  return printAccess(look).length > 0 ? look : undefined
}

export function printAccess(look: AccessLook): [name: string, value: string][] {
  const fields: [string, string][] = []
  const only = FLAGS.filter((flag) => look[flag])
  if (look.text !== '') fields.push(['text', look.text])
  if (look.person !== null) fields.push(['person', look.person])
  if (look.machine !== null) fields.push(['machine', look.machine])
  if (only.length > 0) fields.push(['only', only.join(',')])
  if (look.order !== 'last') fields.push(['by', look.order])
  if (!look.descending) fields.push(['up', 'yes'])
  if (look.open) fields.push(['on', look.open.machine])
  if (look.open && look.open.person !== null) fields.push(['who', look.open.person])
  return fields
}
