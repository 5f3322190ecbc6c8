import type { MarkChange, Marks, QuickTag } from '../../contract'
import { formatPlural } from '../shared'

/** Each quick tag with its key, its letter and its words. */
export const QUICK = [
  { tag: 'bad', key: '1', letter: 'B', title: 'Bad' },
  { tag: 'suspicious', key: '2', letter: 'S', title: 'Suspicious' },
  { tag: 'good', key: '3', letter: 'G', title: 'Good' },
] as const satisfies readonly { tag: QuickTag; key: string; letter: string; title: string }[]

export function letterOf(tag: QuickTag): string {
  return QUICK.find((quick) => quick.tag === tag)?.letter ?? ''
}

/** `starred, bad, tags c2 and exfil, 2 comments`; empty where there are none. */
export function marksWords({ star, quick, tags, comments }: Marks): string {
  const parts = [
    ...(star ? ['starred'] : []),
    ...(quick === null ? [] : [quick]),
    ...(tags.length === 0 ? [] : [`${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(', ')}`]),
    ...(comments === 0 ? [] : [formatPlural(comments, 'comment')]),
  ]
  return parts.join(', ')
}

/** What somebody changed, for a history. */
export function changeWords({ star, quick, add = [], remove = [] }: MarkChange): string {
  const parts = [
    ...(star === undefined ? [] : [star ? 'starred' : 'star taken away']),
    ...(quick === undefined ? [] : [quick === null ? 'quick tag taken away' : `marked ${quick}`]),
    ...(add.length === 0 ? [] : [`tagged ${add.join(', ')}`]),
    ...(remove.length === 0 ? [] : [`tag ${remove.join(', ')} taken away`]),
  ]
  return parts.join(', ')
}

const TAG = /^[^\s,][^,\n]{0,98}[^\s,]$|^[^\s,]$/

/** The tag as it is kept; null where it cannot be one. */
export function tagOf(typed: string): string | null {
  const tag = typed.trim()
  return TAG.test(tag) ? tag : null
}
