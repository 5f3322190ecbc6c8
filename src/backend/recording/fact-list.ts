import type { RecordingFact } from '../../contract'
import { visibleText } from './lines/visible-text'

/** Of each kind. */
const MOST_OF_A_KIND = 500

/** What a recording tried beyond drawing. The same thing again, as a title at every prompt, is no fact of its own. */
export class FactList {
  readonly all: RecordingFact[] = []
  total = 0
  readonly #kinds = new Map<string, { count: number; last: string }>()

  add(at: number, kind: string, text: string): void {
    const known = this.#kinds.get(kind) ?? { count: 0, last: '' }
    if (known.count > 0 && known.last === text) return
    this.total++
    known.count++
    known.last = text
    this.#kinds.set(kind, known)
    if (known.count <= MOST_OF_A_KIND) this.all.push({ at, kind, text: visibleText(text) })
  }
}
