import { useEffect, useMemo, useState } from 'react'
import type { SyncJob } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { isUnderWay } from './sync-context'

/** Time over which news of progress are gathered, in milliseconds: it comes with every page that is read. */
const PACE = 200

/** Syncs under way and the last one of each connection, kept fresh by notices. */
export function useSyncJobs(): ReadonlyMap<string, SyncJob> {
  const backend = useBackend()
  const listed = useAnswer('sync.jobs', {}).value
  const [noticed, setNoticed] = useState<ReadonlyMap<string, SyncJob>>(new Map())
  useEffect(() => {
    const pending = new Map<string, SyncJob>()
    let timer: ReturnType<typeof setTimeout> | null = null
    const flush = () => {
      timer = null
      const news = [...pending]
      pending.clear()
      setNoticed((before) => new Map([...before, ...news]))
    }
    const undo = backend.on('sync.progressed', (job) => {
      pending.set(job.connection, job)
      timer ??= setTimeout(flush, PACE)
    })
    return () => {
      undo()
      if (timer !== null) clearTimeout(timer)
      // What was under way when the backend went is told again by the next one, or is gone with it.
      setNoticed((before) => new Map([...before].filter(([, job]) => !isUnderWay(job))))
    }
  }, [backend])
  return useMemo(() => {
    const jobs = new Map((listed ?? []).map((job) => [job.connection, job]))
    for (const [connection, job] of noticed) jobs.set(connection, newerJob(jobs.get(connection), job))
    return jobs
  }, [listed, noticed])
}

/** A notice is newer than the list, except where the list has a later job or already this one's end. */
export function newerJob(listed: SyncJob | undefined, noticed: SyncJob): SyncJob {
  if (!listed || noticed.startedAt > listed.startedAt) return noticed
  return listed.startedAt > noticed.startedAt || !isUnderWay(listed) ? listed : noticed
}
