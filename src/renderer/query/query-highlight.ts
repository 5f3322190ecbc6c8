import { type EditorState, type Extension, type Range, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { highlight, parseQuery } from '../../language'

/** Colours the words of the query and underlines what cannot be read, at the character. */
export function queryHighlight(): Extension {
  return StateField.define<DecorationSet>({
    create: marks,
    update: (before, change) => (change.docChanged ? marks(change.state) : before),
    provide: (field) => EditorView.decorations.from(field),
  })
}

function marks(state: EditorState): DecorationSet {
  const text = state.doc.toString()
  const found: Range<Decoration>[] = []
  for (const { from, to, kind } of highlight(text)) {
    if (to > from && kind !== 'text') found.push(Decoration.mark({ class: `qf-${kind}` }).range(from, to))
  }
  for (const { from, to } of queryErrors(text)) {
    // An error at the end has nothing to stand under but the last character.
    const end = Math.min(Math.max(to, from + 1), text.length)
    const start = Math.max(0, Math.min(from, end - 1))
    if (end > start) found.push(Decoration.mark({ class: 'qf-wrong' }).range(start, end))
  }
  return Decoration.set(found, true)
}

export type QueryError = { from: number; to: number; message: string }

export function queryErrors(text: string): QueryError[] {
  const parsed = parseQuery(text)
  return 'errors' in parsed ? parsed.errors : []
}
