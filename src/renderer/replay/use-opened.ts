import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useBackend } from '../api'
import { type Opened, OpenedFeed } from './opened-feed'

/** Opens a recording for as long as it is shown; the component must be made anew for another id. */
export function useOpened(id: string): Opened & { retry: () => void; now: () => Opened } {
  const backend = useBackend()
  const [feed] = useState(() => new OpenedFeed(id))
  const opened = useSyncExternalStore(feed.subscribe, feed.get)
  useEffect(() => feed.attach(backend), [feed, backend])
  const retry = useCallback(() => feed.retry(), [feed])
  return { ...opened, retry, now: feed.get }
}
