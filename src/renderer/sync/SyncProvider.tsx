import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import type { Ask } from '../../contract'
import type { Connection } from '../../domain'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { messageOf } from '../shared'
import { ServersContext, SyncContext, type SyncUse } from './sync-context'
import { useSyncJobs } from './use-sync-jobs'

/** Syncs as any screen sees and starts them. */
export function SyncProvider({ connections, children }: { connections: Connection[]; children: ReactNode }) {
  const all = useSyncJobs()
  const [isLive, setLive] = useState(false)
  const { refusals, start, cancel, openSample, isOpeningSample } = useStarts()
  const servers = useMemo(
    () => connections.filter(({ origin, state }) => origin === 'server' && state !== 'removed'),
    [connections],
  )
  const use = useMemo<SyncUse>(() => {
    const names = new Set(servers.map(({ name }) => name))
    const jobs = new Map([...all].filter(([name]) => names.has(name)))
    return { jobs, refusals, start, cancel, openSample, isOpeningSample, isLive, setLive }
  }, [all, servers, refusals, start, cancel, openSample, isOpeningSample, isLive])
  return (
    <ServersContext value={servers}>
      <SyncContext value={use}>{children}</SyncContext>
    </ServersContext>
  )
}

function useStarts() {
  const backend = useBackend()
  const { go } = useAddress()
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map())
  const [isOpeningSample, setOpening] = useState(false)
  const put = useCallback((name: string, message: string | null) => {
    setRefusals((before) => {
      if (message === null && !before.has(name)) return before
      const others = [...before].filter(([other]) => other !== name)
      return new Map(message === null ? others : [...others, [name, message]])
    })
  }, [])
  const start = useCallback(
    (ask: Ask<'sync.start'>) => {
      const name = ask.connection ?? ''
      put(name, null)
      // A look for news that fails is told by its job; the next one comes by itself.
      backend.call('sync.start', ask).catch((error: unknown) => ask.live || put(name, messageOf(error)))
    },
    [backend, put],
  )
  const cancel = useCallback(
    (connection: string) => {
      // A job that ended meanwhile has nothing to cancel; its end is on its way.
      backend.call('sync.cancel', { connection }).catch(() => undefined)
    },
    [backend],
  )
  const isUnderWay = useRef(false)
  const openSample = useCallback(() => {
    // Asked for twice, it would be connected twice.
    if (isUnderWay.current) return
    isUnderWay.current = true
    put('', null)
    setOpening(true)
    backend
      .call('sample.open', {})
      .then(() => go({ screen: 'timeline', query: '', range: null, selected: null }))
      .catch((error: unknown) => put('', messageOf(error)))
      .finally(() => {
        isUnderWay.current = false
        setOpening(false)
      })
  }, [backend, go, put])
  return { refusals, start, cancel, openSample, isOpeningSample }
}
