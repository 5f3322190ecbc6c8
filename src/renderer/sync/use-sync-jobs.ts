import { useEffect, useMemo, useState } from 'react'
import type { SyncJob } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { isUnderWay } from './sync-context'

/** Syncs under way and the last one of each connection, kept fresh by notices. */
export function useSyncJobs(): ReadonlyMap<string, SyncJob> {
  const backend = useBackend()
  const listed = useAnswer('sync.jobs', {}).value
  const [noticed, setNoticed] = useState<ReadonlyMap<string, SyncJob>>(new Map())
  useEffect(() => {
    const undo = backend.on('sync.progressed', (job) => setNoticed((before) => new Map(before).set(job.connection, job)))
    return () => {
      undo()
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
