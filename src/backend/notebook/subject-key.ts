import type { Subject } from '../../contract'

/** No event key begins with it. */
const MARK = '\u0001'

/** One text for a subject; of an event its own key, so that a million of them cost no more than their keys. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case 'event':
      return subject.key
    case 'session':
    case 'finding':
      return `${MARK}${subject.kind} ${subject.id}`
    case 'moment':
      return `${MARK}moment ${subject.at} ${subject.recording}`
  }
}

export function subjectOf(key: string): Subject {
  if (!key.startsWith(MARK)) return { kind: 'event', key }
  const [kind, rest] = splitOnce(key.slice(1))
  if (kind === 'session' || kind === 'finding') return { kind, id: rest }
  const [at, recording] = splitOnce(rest)
  return { kind: 'moment', recording, at: Number(at) }
}

export function isEventKey(key: string): boolean {
  return !key.startsWith(MARK)
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf(' ')
  return [text.slice(0, at), text.slice(at + 1)]
}
