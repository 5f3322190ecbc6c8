import { useEffect, useRef } from 'react'
import type { SyncJob } from '../../contract'
import type { Instant } from '../../domain'
import { useNow } from '../shared'
import { isUnderWay, useServers, useSync } from '../sync'

/** Time between two looks for news, in milliseconds. */
const PACE = 10_000

export type LiveUse = {
  isOn: boolean
  toggle: () => void
  /** Why there can be no live view; null where there can. */
  reason: string | null
  /** Milliseconds since a server was last looked at to the end; null before any was. */
  age: number | null
  /** The last look came to nothing, at every server. */
  isFailing: boolean
}

/** Looks for news of every server while the timeline shows, is on and can be seen. */
export function useLive(): LiveUse {
  const servers = useServers()
  const { jobs, start, isLive, setLive } = useSync()
  const read = servers.filter(({ server }) => !server?.paused)
  const reason = servers.length === 0 ? 'No server is connected' : read.length === 0 ? 'Every server is paused' : null
  const isOn = isLive && reason === null
  const latest = useRef({ servers, jobs, start })
  useEffect(() => {
    latest.current = { servers, jobs, start }
  })
  useEffect(() => {
    if (!isOn) return
    const look = () => {
      if (document.hidden) return
      const { servers, jobs, start } = latest.current
      for (const { name, server } of servers) {
        if (!server?.paused && !isUnderWay(jobs.get(name))) start({ connection: name, live: true })
      }
    }
    look()
    const timer = setInterval(look, PACE)
    return () => clearInterval(timer)
  }, [isOn])
  const now = useNow(1000)
  const last = lastEnd(read.map(({ name }) => jobs.get(name)))
  return {
    isOn,
    toggle: () => reason === null && setLive(!isLive),
    reason,
    age: last === null ? null : Math.max(0, now - last),
    isFailing: read.every(({ name }) => jobs.get(name)?.state === 'failed'),
  }
}

function lastEnd(jobs: (SyncJob | undefined)[]): Instant | null {
  const ends = jobs.map((job) => job?.endedAt ?? -Infinity)
  const last = Math.max(...ends)
  return Number.isFinite(last) ? last : null
}
