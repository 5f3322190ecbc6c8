import { useAddress } from '../address'
import { useMarkActs } from '../marks'
import { useAddToNotebook } from '../notebooks'
import { useHotkeys } from '../shared'
import { useReplay, type Replay } from './replay-context'
import { focusSearch } from './focus-search'
import { clipSpan, clipWords } from './clip-words'
import { momentNear } from './marked-moment'
import { moveOfKey } from './track'

/** Seconds before and after the moment that go into a notebook where no clip is chosen. */
const AROUND = 5

/** Keys of the whole screen; the sheet lists them (shared/keys.ts). */
export function useReplayKeys(): void {
  const replay = useReplay()
  const { deck, moments, opened, duration, search, clip, setClip, say, tab, setTab, setWriting, reveal, setReveal } = replay
  const { player } = deck
  const markMoment = useMarkMoment(replay)
  const addToNotebook = useClipToNotebook(replay)
  const { href } = useAddress()
  const move = (event: KeyboardEvent) => {
    const to = moveOfKey(event, duration)
    if (to && 'by' in to) player.seekBy(to.by)
    else if (to) player.seek(to.to)
  }
  const mark = (moments: readonly number[], direction: 1 | -1, what: string) => {
    if (!player.seekMark(moments, direction)) say(direction === 1 ? `No later ${what}` : `No earlier ${what}`)
  }
  const marked = (replay.marked ?? []).map(({ at }) => at)
  const markers = opened.markers.map(({ at }) => at)
  const hit = (direction: 1 | -1) => search.step(direction) || say(search.text === '' ? 'Nothing is searched for' : 'No hit')
  const here = () => Math.min(duration, player.get().target ?? player.get().time)
  const linkHere = () => href({ moment: Math.round(here() * 1000) / 1000, selected: null })
  const digits = Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), move]))
  useHotkeys({
    ...digits,
    ' ': () => player.toggle(),
    ArrowLeft: move,
    ArrowRight: move,
    'Ctrl+ArrowLeft': move,
    'Ctrl+ArrowRight': move,
    Home: move,
    End: move,
    ',': () => player.step(-1),
    '.': () => player.step(1),
    '[': () => mark(moments, -1, 'command'),
    ']': () => mark(moments, 1, 'command'),
    m: () => mark(markers, 1, 'marker'),
    M: () => mark(markers, -1, 'marker'),
    '<': () => player.stepSpeed(-1),
    '>': () => player.stepSpeed(1),
    i: () => player.setSkipIdle(!player.get().skipIdle),
    '/': focusSearch,
    n: () => hit(1),
    N: () => hit(-1),
    s: () => markMoment(here()),
    u: () => mark(marked, 1, 'mark'),
    U: () => mark(marked, -1, 'mark'),
    w: () => {
      player.pause()
      setTab('marks')
      setWriting(true)
    },
    b: () => addToNotebook(here()),
    t: () => setTab(tab === 'transcript' ? 'commands' : 'transcript'),
    h: () => setReveal(!reveal),
    c: () => copyScreen(replay),
    y: () => copy(new URL(linkHere(), location.href).href, 'Link', say),
    '(': () => setClip({ ...clip, from: here() }),
    ')': () => setClip({ ...clip, to: here() }),
    Escape: () => search.setText(''),
  })
}

/** Stars the moment, or takes its star away. */
function useMarkMoment({ id, marked, say }: Replay): (at: number) => void {
  const { star } = useMarkActs(say)
  return (at) => star({ kind: 'moment', recording: id, at: momentNear(marked ?? [], at) })
}

/** The clip that is chosen, else some seconds around the moment. */
function useClipToNotebook({ id, clip, duration, opened }: Replay): (at: number) => void {
  const add = useAddToNotebook()
  return (at) => {
    const cut = clipSpan(clip) ?? { from: Math.max(0, at - AROUND), to: Math.min(duration, at + AROUND) }
    if (cut.to <= cut.from) return
    const { title, user, machine } = opened.recording
    const name = title ?? [user, machine].filter((part) => part !== null).join(' on ')
    add({ words: `Clip ${clipWords(cut, duration)}${name === '' ? '' : ` of ${name}`}`, clip: { recording: id, ...cut } })
  }
}

export function copyScreen({ deck, say }: Pick<Replay, 'deck' | 'say'>): void {
  const selected = deck.screen.selection()
  copy(selected || deck.screen.text(), selected ? 'Selection' : 'Screen', say)
}

function copy(text: string, what: string, say: (words: string) => void): void {
  navigator.clipboard.writeText(text).then(
    () => say(`${what} copied`),
    () => say('The clipboard could not be written'),
  )
}
