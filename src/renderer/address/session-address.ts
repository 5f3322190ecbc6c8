/** What the list of sessions is narrowed to, beside the time pin, and how it is drawn. */
export type SessionsLook = {
  text: string
  user: string | null
  machine: string | null
  recorded: boolean
  shape: 'list' | 'lanes'
  /** What a lane stands for. */
  by: 'user' | 'machine'
  /** Words that are searched for in all recordings. */
  find: string
}

const MOST_TEXT = 200
const MOST_FIND = 1000

export function defaultSessions(): SessionsLook {
  return { text: '', user: null, machine: null, recorded: false, shape: 'list', by: 'user', find: '' }
}

/** Reads `text=&user=&machine=&recorded=yes&as=lanes&by=machine&find=`; undefined where all are their defaults. */
export function parseSessions(fields: ReadonlyMap<string, string>): SessionsLook | undefined {
  const look: SessionsLook = {
    text: (fields.get('text') ?? '').slice(0, MOST_TEXT),
    user: fields.get('user')?.slice(0, MOST_TEXT) || null,
    machine: fields.get('machine')?.slice(0, MOST_TEXT) || null,
    recorded: fields.get('recorded') === 'yes',
    shape: fields.get('as') === 'lanes' ? 'lanes' : 'list',
    by: fields.get('by') === 'machine' ? 'machine' : 'user',
    find: (fields.get('find') ?? '').slice(0, MOST_FIND),
  }
  return printSessions(look).length > 0 ? look : undefined
}

export function printSessions({ text, user, machine, recorded, shape, by, find }: SessionsLook): [name: string, value: string][] {
  const fields: [string, string][] = []
  if (text !== '') fields.push(['text', text])
  if (user !== null) fields.push(['user', user])
  if (machine !== null) fields.push(['machine', machine])
  if (recorded) fields.push(['recorded', 'yes'])
  if (shape !== 'list') fields.push(['as', shape])
  if (by !== 'user') fields.push(['by', by])
  if (find !== '') fields.push(['find', find])
  return fields
}
