import { useEffect, useState } from 'react'
import type { FoundInRecordings } from '../../contract'
import { useBackend } from '../api'
import { messageOf } from '../shared'

export type Found = Omit<FoundInRecordings, 'after'> & { fault: string | null; isDone: boolean }

const NOTHING: Found = { recordings: [], searched: 0, unsearched: [], left: 0, notHere: 0, fault: null, isDone: false }

/**
 * What recordings show of a text, as far as they are searched: it grows. Ends when nobody looks any more; the component
 * must be made anew for another text.
 */
export function useFound(text: string, mine: boolean): Found {
  const backend = useBackend()
  const [found, setFound] = useState(NOTHING)
  useEffect(() => {
    const wanted = new AbortController()
    const { signal } = wanted
    const search = async () => {
      let after: string | null = null
      do {
        const { value }: { value: FoundInRecordings } = await backend.call('recording.find', { text, mine, after })
        if (signal.aborted) return
        after = value.after
        setFound((before) => joined(before, value))
      } while (after !== null)
    }
    search().catch((error: unknown) => {
      if (!signal.aborted) setFound((before) => ({ ...before, fault: messageOf(error), isDone: true }))
    })
    return () => wanted.abort()
  }, [backend, text, mine])
  return found
}

/** `more` is what was found after the rest. */
export function joined(before: Found, { after, ...more }: FoundInRecordings): Found {
  return {
    ...before,
    ...more,
    recordings: [...before.recordings, ...more.recordings],
    searched: before.searched + more.searched,
    unsearched: [...before.unsearched, ...more.unsearched],
    isDone: after === null,
  }
}
