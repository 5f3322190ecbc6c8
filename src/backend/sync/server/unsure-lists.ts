import type { Connection, Instant, StreamStatus } from '../../../domain'
import type { ServerList } from '../../source'
import { inParallel } from './in-parallel'

/** Lists that are asked before a server is taken for one without any of their kind. */
const TRIES = { first: 3, again: 1 }
/** What a server did not have is looked for again after this time. */
const ABSENT_MS = 3_600_000
const AT_ONCE = 4

export type UnsureOptions = {
  lists: readonly ServerList[]
  connection: Connection
  now: () => Instant
  /** One was asked for by its name: it is asked whatever is known. */
  isNamed: boolean
  /** Reads one; answers how it ended, null where nothing is read any more. */
  one: (list: ServerList) => Promise<StreamStatus | null>
  /** Nothing is asked of it: others of its kind, such as `sign-ins`, have shown that there is nothing. */
  pass: (list: ServerList, what: string) => void
}

/** Reads lists that most servers do not have: of each kind a few are asked one by one before all others are. */
export async function readUnsure(options: UnsureOptions): Promise<void> {
  const due = options.lists.filter((list) => options.isNamed || isDue(list, options))
  const kinds = new Set(due.map(({ stream }) => kindOf(stream)))
  for (const kind of kinds) await readKind(kind, due.filter(({ stream }) => kindOf(stream) === kind), options)
}

async function readKind(kind: string, lists: ServerList[], { connection, one, pass }: UnsureOptions): Promise<void> {
  const known = connection.streams.flatMap(({ stream, status }) => (kindOf(stream) === kind ? [status] : []))
  let isOffered = known.some((status) => status === 'ok' || status === 'partial')
  let missing = 0
  const queue = [...lists]
  while (!isOffered && missing < (known.length > 0 ? TRIES.again : TRIES.first)) {
    const next = queue.shift()
    if (next === undefined) return
    const status = await one(next)
    if (status === null) return
    isOffered = status === 'ok' || status === 'partial'
    if (status === 'not-offered') missing++
  }
  if (isOffered) return inParallel(queue, AT_ONCE, async (list) => void (await one(list)))
  for (const list of queue) pass(list, list.label.split(' · ', 1)[0] ?? kind)
}

function isDue({ stream }: ServerList, { connection, now }: UnsureOptions): boolean {
  const before = connection.streams.find((facts) => facts.stream === stream)
  return before?.status !== 'not-offered' || now() - (before.at ?? 0) >= ABSENT_MS
}

function kindOf(stream: string): string {
  return stream.split('/', 1)[0] ?? stream
}
