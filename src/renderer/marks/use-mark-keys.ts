import type { Subject } from '../../contract'
import { useHotkeys } from '../shared'
import { QUICK } from './mark-words'
import { useMarkActs } from './use-marks'

export type MarkKeys = {
  /** What the keys act on now; null where nothing is chosen. */
  subject: () => Subject | null
  /** Says what could not be written, or that nothing is chosen. */
  say: (words: string) => void
  /** Null where `t` means something else. */
  onTag: ((subject: Subject) => void) | null
  onComment: (subject: Subject) => void
  /** Said where nothing is chosen. */
  none: string
  when?: boolean
}

/** Keys of marks: `s`, `1 2 3`, `t`, `c`. */
export function useMarkKeys({ subject, say, onTag, onComment, none, when = true }: MarkKeys): void {
  const acts = useMarkActs(say)
  const on = (act: (chosen: Subject) => void) => () => {
    const chosen = subject()
    if (chosen) act(chosen)
    else say(none)
  }
  const quick = Object.fromEntries(QUICK.map(({ tag, key }) => [key, on((chosen) => acts.quick(chosen, tag))]))
  useHotkeys({ s: on(acts.star), ...quick, c: on(onComment), ...(onTag ? { t: on(onTag) } : {}) }, { when })
}
