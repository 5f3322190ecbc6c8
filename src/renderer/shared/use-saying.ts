import { useCallback, useEffect, useState } from 'react'

/** Longest time words stay on screen, in milliseconds. */
const SAID_FOR = 3000

/** Words that are shown for a moment. */
export function useSaying(): { said: string; say: (words: string) => void } {
  const [said, setSaid] = useState({ words: '', turn: 0 })
  useEffect(() => {
    if (said.words === '') return
    const timer = setTimeout(() => setSaid((before) => ({ ...before, words: '' })), SAID_FOR)
    return () => clearTimeout(timer)
  }, [said])
  const say = useCallback((words: string) => setSaid((before) => ({ words, turn: before.turn + 1 })), [])
  return { said: said.words, say }
}
