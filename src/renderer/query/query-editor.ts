import { acceptCompletion, autocompletion, closeCompletion, completionKeymap, completionStatus } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import type { Backend } from '../../contract'
import { queryCompletion } from './query-completion'
import { queryHighlight } from './query-highlight'

export type QueryEditorOptions = {
  parent: HTMLElement
  text: string
  /** Shown where nothing is typed. */
  hint: string
  backend: Pick<Backend, 'call'>
  onChange: (text: string) => void
  onApply: (text: string) => void
  onRestore: () => void
}

/** One line to type a query in; `destroy()` of the view ends it. */
export function openQueryEditor(options: QueryEditorOptions): EditorView {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
  return new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        nonce === '' ? [] : EditorView.cspNonce.of(nonce),
        oneLine(),
        replacingBySelf(),
        history(),
        queryHighlight(),
        placeholder(options.hint),
        autocompletion({ override: [queryCompletion(options.backend)], icons: false, selectOnOpen: false, maxRenderedOptions: 50, interactionDelay: 0 }),
        keys(options),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString())
        }),
        EditorView.contentAttributes.of({ 'aria-label': 'Query', spellcheck: 'false', autocapitalize: 'off' }),
      ],
    }),
  })
}

/** Puts a text in place of what is typed, unless it is the same. */
export function showQuery(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } })
}

function oneLine(): Extension {
  return EditorState.transactionFilter.of((change) => {
    if (!change.docChanged || change.newDoc.lines === 1) return change
    const text = change.newDoc.toString().replace(/\s*\n\s*/g, ' ')
    return { changes: { from: 0, to: change.startState.doc.length, insert: text }, selection: { anchor: text.length } }
  })
}

/**
 * Typing over a selection is done by the editor. Chromium would keep the look of the marked text by an inline style, which
 * the content policy refuses and reports.
 */
function replacingBySelf(): Extension {
  return EditorView.domEventHandlers({
    beforeinput: (event, view) => {
      if (event.inputType !== 'insertText' || event.data === null || view.state.selection.main.empty) return false
      event.preventDefault()
      view.dispatch({ ...view.state.replaceSelection(event.data), userEvent: 'input.type', scrollIntoView: true })
      return true
    },
  })
}

function keys({ onApply, onRestore }: QueryEditorOptions): Extension {
  return [
    keymap.of(completionKeymap),
    Prec.highest(keymap.of([{ key: 'Tab', run: acceptFirst }])),
    keymap.of([
      {
        key: 'Enter',
        run: (view) => {
          closeCompletion(view)
          onApply(view.state.doc.toString())
          return true
        },
      },
      {
        key: 'Escape',
        run: () => {
          onRestore()
          return true
        },
        stopPropagation: true,
      },
      ...historyKeymap,
      ...defaultKeymap,
    ]),
  ]
}

/** Tab takes the marked offer; without offers it leaves the field, as everywhere else. */
function acceptFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== 'active') return false
  if (acceptCompletion(view)) return true
  const down = completionKeymap.find((binding) => binding.key === 'ArrowDown')?.run
  return (down?.(view) ?? false) && acceptCompletion(view)
}
