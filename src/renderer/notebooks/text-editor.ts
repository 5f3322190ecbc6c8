import { autocompletion, type CompletionSource, completionStatus } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { markdown } from '@codemirror/lang-markdown'
import { syntaxTree } from '@codemirror/language'
import { EditorState, type Extension, Prec, type Range, StateField } from '@codemirror/state'
import { type Command, Decoration, type DecorationSet, EditorView, keymap, placeholder } from '@codemirror/view'

export type TextEditorOptions = {
  parent: HTMLElement
  text: string
  label: string
  hint: string
  complete: CompletionSource
  onChange: (text: string) => void
  onLeave: () => void
}

/** Markdown as it is typed; `destroy()` of the view ends it. */
export function openTextEditor({ parent, text, label, hint, complete, onChange, onLeave }: TextEditorOptions): EditorView {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      selection: { anchor: text.length },
      extensions: [
        nonce === '' ? [] : EditorView.cspNonce.of(nonce),
        EditorView.lineWrapping,
        history(),
        markdown(),
        forms(),
        placeholder(hint),
        // Before the offers' own keys: one that is only being looked for would swallow Escape.
        Prec.highest(keymap.of([{ key: 'Escape', run: leave(onLeave), stopPropagation: true }, { key: 'Mod-Enter', run: leave(onLeave) }])),
        autocompletion({ override: [complete], icons: false, selectOnOpen: true, maxRenderedOptions: 20, interactionDelay: 0 }),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString())
        }),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
      ],
    }),
  })
}

function leave(onLeave: () => void): Command {
  return ({ state }) => {
    if (completionStatus(state) === 'active') return false
    onLeave()
    return true
  }
}

const CLASSES: Partial<Record<string, string>> = {
  ATXHeading1: 'nb-md-heading',
  ATXHeading2: 'nb-md-heading',
  ATXHeading3: 'nb-md-heading',
  ATXHeading4: 'nb-md-heading',
  SetextHeading1: 'nb-md-heading',
  SetextHeading2: 'nb-md-heading',
  StrongEmphasis: 'nb-md-strong',
  Emphasis: 'nb-md-em',
  InlineCode: 'nb-md-code',
  FencedCode: 'nb-md-code',
  Link: 'nb-md-link',
  URL: 'nb-md-mark',
  HeaderMark: 'nb-md-mark',
  EmphasisMark: 'nb-md-mark',
  LinkMark: 'nb-md-mark',
  CodeMark: 'nb-md-mark',
  QuoteMark: 'nb-md-mark',
  ListMark: 'nb-md-mark',
}

/** The look of headings, emphasis and links while they are typed; their signs stay, in a faint colour. */
function forms(): Extension {
  return StateField.define<DecorationSet>({
    create: marks,
    update: (before, change) => (change.docChanged || syntaxTree(change.state) !== syntaxTree(change.startState) ? marks(change.state) : before),
    provide: (field) => EditorView.decorations.from(field),
  })
}

function marks(state: EditorState): DecorationSet {
  const found: Range<Decoration>[] = []
  syntaxTree(state).iterate({
    enter: ({ name, from, to }) => {
      const look = CLASSES[name]
      if (look !== undefined && to > from) found.push(Decoration.mark({ class: look }).range(from, to))
    },
  })
  return Decoration.set(found, true)
}
