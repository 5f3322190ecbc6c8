import { createContext, useContext } from 'react'
import type { Ask, SyncJob } from '../../contract'
import type { Connection } from '../../domain'

export type SyncUse = {
  /** The sync of each connected server that is under way, or its last one since the app started. */
  jobs: ReadonlyMap<string, SyncJob>
  /** Why a sync could not be started, by connection; under `` what was not about one. Gone with the next try. */
  refusals: ReadonlyMap<string, string>
  /** Starts a sync; without a name, of every server that is not paused. What refuses it is told in `refusals`. */
  start: (ask: Ask<'sync.start'>) => void
  cancel: (connection: string) => void
  /** Connects the sample and shows the timeline, where its rows come in. */
  openSample: () => void
  isOpeningSample: boolean
  /** The person wants the timeline to look for news by itself. */
  isLive: boolean
  setLive: (live: boolean) => void
}

export const SyncContext = createContext<SyncUse | null>(null)
/** Apart from the jobs, which change many times a second during a sync. */
export const ServersContext = createContext<Connection[] | null>(null)

export function useSync(): SyncUse {
  const use = useContext(SyncContext)
  if (!use) throw new Error('useSync needs a SyncProvider')
  return use
}

/** Connected servers, those that were removed left out. */
export function useServers(): Connection[] {
  const servers = useContext(ServersContext)
  if (!servers) throw new Error('useServers needs a SyncProvider')
  return servers
}

export function isUnderWay(job: SyncJob | undefined): job is SyncJob {
  return job?.state === 'running' || job?.state === 'waiting'
}

/** Lists that were not begun are in no total yet: all of what is known is not all, until the sync says that it ended. */
const MOST = 0.99

/** From 0 to 1; null while it cannot be told. */
export function shareDone({ recordsDone, recordsTotal }: SyncJob): number | null {
  return recordsTotal === null || recordsTotal === 0 ? null : Math.min(MOST, recordsDone / recordsTotal)
}
