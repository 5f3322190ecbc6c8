import { useSyncExternalStore } from 'react'
import { useSettings } from '../shared'

const DARK = '(prefers-color-scheme: dark)'

/** The appearance that is in force: the one set, or the system's. */
export function useLook(): 'dark' | 'light' {
  const { appearance } = useSettings().settings
  const isDark = useSyncExternalStore(listen, () => matchMedia(DARK).matches)
  if (appearance !== 'system') return appearance
  return isDark ? 'dark' : 'light'
}

function listen(listener: () => void): () => void {
  const query = matchMedia(DARK)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
