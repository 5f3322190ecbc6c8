import { useEffect, useState } from 'react'
import type { DetectionRun } from '../../contract'
import { useBackend } from '../api'

type Progress = Pick<DetectionRun, 'done' | 'total'>

/** The run with what was told of it since it was answered. */
export function useRunProgress(run: DetectionRun | null): DetectionRun | null {
  const backend = useBackend()
  const [progress, setProgress] = useState<Progress | null>(null)
  const isRunning = run?.state === 'running'
  useEffect(() => {
    if (!isRunning) return
    const stop = backend.on('detection.progressed', setProgress)
    return () => {
      stop()
      // The next run begins anew, with as many events perhaps.
      setProgress(null)
    }
  }, [backend, isRunning])
  if (run?.state !== 'running' || progress === null || progress.total !== run.total) return run
  return { ...run, done: Math.max(run.done, progress.done) }
}
