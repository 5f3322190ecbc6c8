import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ImportJob } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { isActive } from './import-context'

export type ImportJobs = {
  jobs: ImportJob[]
  /** Shows a job that was started here, even when it ends before its first notice. */
  follow: (job: string) => void
  dismiss: (job: string) => void
}

/** Imports under way and those started here or noticed, kept fresh by notices. */
export function useImportJobs(): ImportJobs {
  const backend = useBackend()
  const listed = useAnswer('import.jobs', {}).value
  const [noticed, setNoticed] = useState<ReadonlyMap<string, ImportJob>>(new Map())
  const [followed, setFollowed] = useState<readonly string[]>([])
  const [dismissed, setDismissed] = useState<readonly string[]>([])

  useEffect(() => {
    const undo = backend.on('import.progressed', (job) => setNoticed((before) => new Map(before).set(job.job, job)))
    return () => {
      undo()
      // What was under way when the backend went is told again by the next one, or is gone with it.
      setNoticed((before) => new Map([...before].filter(([, job]) => !isActive(job))))
    }
  }, [backend])

  const follow = useCallback((job: string) => setFollowed((before) => [...before, job]), [])
  const dismiss = useCallback((job: string) => setDismissed((before) => [...before, job]), [])
  const jobs = useMemo(() => {
    const shown = (listed ?? []).filter(({ job }) => noticed.has(job) || followed.includes(job))
    const active = (listed ?? []).filter(isActive)
    return mergeJobs([...shown, ...active], noticed).filter(({ job }) => !dismissed.includes(job))
  }, [listed, noticed, followed, dismissed])
  return { jobs, follow, dismiss }
}

/** A notice is newer than the list, except where the list already has the end. */
function mergeJobs(listed: ImportJob[], noticed: ReadonlyMap<string, ImportJob>): ImportJob[] {
  const jobs = new Map(listed.map((job) => [job.job, job]))
  for (const job of noticed.values()) if (isActive(jobs.get(job.job) ?? job)) jobs.set(job.job, job)
  return [...jobs.values()].sort((a, b) => a.startedAt - b.startedAt)
}
