import { useEffect, useState } from 'react'
import type { Instant } from '../../domain'

/** The clock, as often as what is shown of it changes; `ms` is the step. */
export function useNow(ms: number): Instant {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), ms)
    return () => clearInterval(timer)
  }, [ms])
  return now
}
