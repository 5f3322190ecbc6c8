import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { MarkChange, Marks, QuickTag, Subject } from '../../contract'
import { messageOf } from '../shared'
import { useMarkDesk } from './MarkProvider'
import { subjectName } from './subject-name'

/** Marks of all that a list shows now, asked for in one step; undefined for those still on their way. */
export function useMarksOf(subjects: readonly Subject[]): (subject: Subject) => Marks | undefined {
  const desk = useMarkDesk()
  const [who] = useState(() => Symbol('marks'))
  const names = subjects.map(subjectName).join('\n')
  useEffect(() => {
    desk.want(who, subjects)
    // The names say all of the subjects, which are other objects with every row that is drawn.
  }, [desk, who, names]) // oxlint-disable-line react-hooks/exhaustive-deps
  useEffect(() => () => desk.want(who, []), [desk, who])
  useSyncExternalStore(desk.subscribe, desk.version)
  return useCallback((subject) => desk.marks(subject), [desk])
}

export type MarkActs = {
  star: (subject: Subject) => void
  /** The same again takes it away. */
  quick: (subject: Subject, tag: QuickTag) => void
  tag: (subject: Subject, change: Pick<MarkChange, 'add' | 'remove'>) => void
}

/** Changes marks; `onFault` is told, in words, what could not be written. */
export function useMarkActs(onFault: (words: string) => void): MarkActs {
  const desk = useMarkDesk()
  return useMemo(() => {
    const told = (change: Promise<void>) => {
      change.catch((error: unknown) => onFault(`The mark could not be written: ${messageOf(error)}`))
    }
    return {
      star: (subject) => told(desk.toggle(subject, ({ star }) => ({ star: !star }))),
      quick: (subject, tag) => told(desk.toggle(subject, ({ quick }) => ({ quick: quick === tag ? null : tag }))),
      tag: (subject, change) => told(desk.change(subject, change)),
    }
  }, [desk, onFault])
}
