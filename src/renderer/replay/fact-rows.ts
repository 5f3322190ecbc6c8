import type { OpenedRecording } from '../../contract'

export type FactRow = { at: number | null; kind: string; text: string }
export type FactGroup = {
  title: string
  rows: FactRow[]
  /** All there are; `rows` may be fewer. */
  total: number
  /** It is just there, and says nothing of anybody. */
  isNeutral?: boolean
}

const KINDS: Record<string, string> = {
  cwd: 'folder',
  answer: 'query',
  colour: 'colours',
  transfer: 'file transfer',
  setting: 'setting',
}

/** What was noticed, apart by what it means for whoever relies on the recording; groups without rows are left out. */
export function factGroups(opened: OpenedRecording): FactGroup[] {
  const { damage, gaps, facts, resizes, markers } = opened
  const groups: FactGroup[] = [
    { title: 'Missing', rows: gaps.map(({ at, text }) => ({ at, kind: 'gap', text })), total: gaps.length },
    {
      title: 'Damaged',
      rows: damage.first.map(({ at, reason }) => ({ at: null, kind: at, text: reason })),
      total: damage.total,
    },
    {
      title: 'Tried beyond drawing, or hidden',
      rows: facts.first.map(({ at, kind, text }) => ({
        at,
        kind: KINDS[kind] ?? kind.replaceAll('-', ' '),
        text: (kind === 'clipboard' && clipboardText(text)) || text,
      })),
      total: facts.total,
    },
    {
      title: 'Markers',
      rows: markers.map(({ at, text }) => ({ at, kind: 'marker', text })),
      total: markers.length,
      isNeutral: true,
    },
    {
      title: 'Resized',
      rows: resizes.map(({ at, cols, rows }) => ({ at, kind: 'size', text: `${cols}×${rows}` })),
      total: resizes.length,
      isNeutral: true,
    },
  ]
  return groups.filter(({ total }) => total > 0)
}

/** What OSC 52 would have put there, from `c;BASE64`; null for a question and for what is cut or no UTF-8. */
function clipboardText(text: string): string | null {
  const base64 = /^[a-z0-9]*;([A-Za-z0-9+/]{1,10000}={0,2})$/.exec(text)?.[1]
  if (base64 === undefined) return null
  try {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** What is worth a number on the tab: sizes and markers are not noticed, they are just there. */
export function factCount({ damage, gaps, facts }: OpenedRecording): number {
  return damage.total + gaps.length + facts.total
}
