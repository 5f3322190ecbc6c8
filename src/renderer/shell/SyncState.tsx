import { useAddress } from '../address'
import { Shown, useNow } from '../shared'
import { useServers, useSync } from '../sync'
import { syncStatus } from './sync-status'

/** How up to date the servers' records are; opens the screen that tells more. */
export function SyncState() {
  const servers = useServers()
  const { jobs, refusals } = useSync()
  const { go } = useAddress()
  const now = useNow(1000)
  const refused = refusals.get('')
  const status = refused === undefined ? syncStatus(servers, jobs, now) : ({ look: 'bad', words: refused } as const)
  if (!status) return null
  return (
    <button
      type="button"
      className="status-sync"
      data-look={status.look}
      title="Opens Sources & coverage"
      onClick={() => go({ screen: 'sources' })}
    >
      <Shown text={status.words} />
    </button>
  )
}
