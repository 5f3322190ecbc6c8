import { destinations } from '../backend/destination'
import { syncServers, type ServerContext } from '../backend/sync'
import type { CustodyAct, StreamResult, SyncJob } from '../contract'
import type { Command, ExitCode, Line } from './command'
import { print, say } from './io'
import { progressLine } from './progress'
import { recorded } from './record'
import { askCode } from './questions'
import { withServers } from './servers'
import { syncLine } from './sync-line'
import { spanOf, type Span } from './time-span'

export const sync: Command = {
  usage: '[NAME] [--from T] [--to T]',
  help: [
    'Reads what is new on one server, or on all that are connected and not paused. Prints per stream',
    '{connection, stream, added, changed, duplicates, requests, status, serverTotal}; serverTotal is null where the',
    'server does not tell. Status: ok, partial, throttled, not-visible, not-offered, failed.',
    'Where a sign-in by password wants a one-time code it is asked for, as by `connect`.',
    'Ctrl C stops it; what was read is kept, and the next sync goes on from there.',
    '  --from T, --to T   only what lies in this time: 2026-02-06T02:58:41Z, 2026-02-06',
  ],
  options: { from: { type: 'string' }, to: { type: 'string' } },
  words: { least: 0, most: 1 },
  run(line) {
    const span = spanOf(line.values)
    return withServers(line, async (context): Promise<ExitCode> => {
      const [name] = line.words
      if (name !== undefined && destinations(context.store).some((one) => one.name === name)) {
        say(line.io, `${name} is where exports go: nothing is read from it.`)
        return 0
      }
      const jobs = await syncAll(line, context, span)
      await recorded(line, context.store, jobs.map(actOf))
      for (const job of jobs) {
        for (const result of job.streams) await print(line.io, printed(job, result))
      }
      for (const job of jobs) tellTrouble(line, context, job)
      if (jobs.length === 0) say(line.io, `The workspace ${line.workspace} has no server that is not paused.`)
      return jobs.some((job) => hasFailed(job)) || !jobs.some((job) => wasRead(job)) ? 1 : 0
    })
  },
}

async function syncAll({ io, words: [name] }: Line, context: ServerContext, span: Span): Promise<SyncJob[]> {
  const abort = new AbortController()
  const undo = io.onInterrupt(() => abort.abort())
  const latest = new Map<string, SyncJob>()
  const progress = progressLine(io, (job: SyncJob) => {
    latest.set(job.connection, job)
    return [...latest.values()].map((one) => syncLine(one, io.now())).join('; ')
  })
  try {
    return await syncServers({ ...context, onCode: () => askCode(io) }, {
      ...(name === undefined ? {} : { connection: name }),
      ...(span.from === null && span.to === null ? {} : { range: span }),
      signal: abort.signal,
      onProgress: progress.tell,
    })
  } finally {
    progress.end()
    undo()
  }
}

function actOf({ connection, state, streams, requests }: SyncJob): CustodyAct {
  const sum = (name: 'added' | 'changed' | 'late' | 'vanished') => streams.reduce((all, one) => all + one[name], 0)
  const brought = (['added', 'changed', 'late', 'vanished'] as const).map((name) => `${sum(name)} ${name}`).join(', ')
  return { action: 'sync', object: connection, detail: `${state} by the command line; ${brought}, ${requests} requests` }
}

function printed({ connection }: SyncJob, result: StreamResult): object {
  const { stream, added, changed, duplicates, requests, status, serverTotal } = result
  return { connection, stream, added, changed, duplicates, requests, status, serverTotal }
}

function hasFailed({ state, fault, streams }: SyncJob): boolean {
  return state !== 'done' || fault !== null || streams.some(({ status }) => status === 'failed')
}

/** A list that this account may not see, or that the server lacks, is dealt with as well as one that was read. */
function wasRead({ streams }: SyncJob): boolean {
  return streams.some(({ status }) => status !== 'failed' && status !== 'throttled')
}

/** Says in words why something was not read. */
function tellTrouble({ io }: Line, { store }: ServerContext, job: SyncJob): void {
  const connection = store.connections().find(({ name }) => name === job.connection)
  if (job.state === 'cancelled') say(io, `${job.connection}: the sync was cancelled; what was read is kept.`)
  else if (job.fault) say(io, told(job.connection, job.fault.message))
  for (const { stream, label, status } of job.streams) {
    if (status !== 'failed' && status !== 'throttled') continue
    const facts = connection?.streams.find((one) => one.stream === stream)
    say(io, `${job.connection}, ${label}: ${facts?.fault?.message ?? facts?.note ?? ENDED[status]}`)
  }
}

const ENDED = {
  failed: 'This list could not be read.',
  throttled: 'The server or the budget of requests allows no more now; the next sync goes on from here.',
} as const

function told(connection: string, message: string): string {
  return message.startsWith(connection) ? message : `${connection}: ${message}`
}
