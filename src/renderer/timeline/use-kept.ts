import { useCallback, useState } from 'react'

/** State that this computer remembers between visits. Where storage is refused it lasts as long as the page. */
export function useKept<T>(name: string, read: (text: string | null) => T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => read(load(name)))
  const keep = useCallback(
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(name, JSON.stringify(next))
      } catch {
        // Private windows may refuse; nothing depends on it.
      }
    },
    [name],
  )
  return [value, keep]
}

function load(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
