import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { NotebookFacts } from '../../contract'
import { formatInstant } from '../../domain'
import { useAnswer, useBackend } from '../api'
import { Button, Dialog, ErrorState, messageOf, Shown, Spinner, typedText } from '../shared'
import { ADD_WORDS, type Addable, type AddKind, addKinds, contentOf } from './addable'
import type { Added } from './AddedNote'
import { useNotebooks } from './notebook-context'
import './add-dialog.css'
import './forms.css'

type AddDialogProps = { what: Addable; onClose: () => void; onAdded: (added: Added) => void }

const NEW = 'new'

/** Chooses a notebook and as what something goes into it; Enter adds. */
export function AddDialog({ what, onClose, onAdded }: AddDialogProps) {
  const { value: list, fault } = useAnswer('notebook.list', { removed: false })
  const kinds = addKinds(what)
  const [kind, setKind] = useState<AddKind>(kinds[0] ?? 'query')
  const [chosen, setChosen] = useState<string | null>(null)
  const [today] = useState(() => formatInstant(Date.now()).slice(0, 10))
  const form = useId()
  const { add, problem, isAdding } = useAdding(onAdded)
  const notebook = chosen ?? list?.[0]?.id ?? NEW
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const title = notebook === NEW ? typedText(event.currentTarget, 'title') : (list?.find(({ id }) => id === notebook)?.title ?? '')
    add(what, { kind, words: typedText(event.currentTarget, 'words'), notebook: notebook === NEW ? null : notebook, title })
  }
  return (
    <Dialog
      title="Add to a notebook"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} hotkey="↵" disabled={!list || isAdding}>
            Add
          </Button>
        </>
      }
    >
      {fault && <ErrorState title="The notebooks could not be listed" message={fault.message} />}
      {!list && !fault && <Spinner label="Reading the notebooks" />}
      {list && (
        <form id={form} className="nb-add-form" autoComplete="off" onSubmit={submit}>
          <p className="nb-add-what">
            <Shown text={what.words} />
          </p>
          <KindChoice kinds={kinds} kind={kind} onKind={setKind} />
          <NotebookChoice list={list} notebook={notebook} onNotebook={setChosen} />
          {notebook === NEW && (
            <label className="nb-add-line">
              <span>Title of the new notebook</span>
              <input name="title" className="filter-input" maxLength={500} required defaultValue={`Investigation of ${today}`} onFocus={({ target }) => target.select()} />
            </label>
          )}
          <label className="nb-add-line">
            <span>{kind === 'finding' ? 'Claim' : 'Words beside it'}</span>
            <input name="words" className="filter-input" maxLength={500} placeholder={kind === 'finding' ? 'What it shows' : 'May stay empty'} />
          </label>
          {problem !== null && (
            <p className="nb-problem" role="alert">
              <Shown text={problem} />
            </p>
          )}
        </form>
      )}
    </Dialog>
  )
}

function KindChoice({ kinds, kind, onKind }: { kinds: readonly AddKind[]; kind: AddKind; onKind: (kind: AddKind) => void }) {
  const fields = useRef<HTMLFieldSetElement>(null)
  // The dialog opens before the notebooks are known; Enter is to add once they are.
  useEffect(() => fields.current?.querySelector<HTMLInputElement>(':checked')?.focus(), [])
  return (
    <fieldset className="nb-add-kinds" ref={fields}>
      <legend>As</legend>
      {kinds.map((one) => (
        <label key={one} data-chosen={one === kind || undefined}>
          <input type="radio" name="kind" value={one} checked={one === kind} onChange={() => onKind(one)} />
          {ADD_WORDS[one]}
        </label>
      ))}
    </fieldset>
  )
}

type NotebookChoiceProps = { list: readonly NotebookFacts[]; notebook: string; onNotebook: (id: string) => void }

function NotebookChoice({ list, notebook, onNotebook }: NotebookChoiceProps) {
  return (
    <label className="nb-add-line">
      <span>Notebook</span>
      <select className="filter-input" value={notebook} onChange={({ target }) => onNotebook(target.value)}>
        {list.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
        <option value={NEW}>New notebook</option>
      </select>
    </label>
  )
}

type Wish = { kind: AddKind; words: string; /** Null makes a new one. */ notebook: string | null; title: string }

function useAdding(onAdded: (added: Added) => void) {
  const backend = useBackend()
  const { queueOf } = useNotebooks()
  const [problem, setProblem] = useState<string | null>(null)
  const [isAdding, setAdding] = useState(false)
  const put = async (what: Addable, { kind, words, notebook, title }: Wish): Promise<Added> => {
    // Evidence first: a notebook is not made for what cannot be cited.
    const content = await contentOf(what, { kind, words, now: Date.now() }, backend)
    const id = notebook ?? (await backend.call('notebook.create', { title, template: 'blank', range: null })).value.id
    await queueOf(id).flush()
    const { cells } = (await backend.call('notebook.get', { id })).value
    const cell = crypto.randomUUID()
    await backend.call('notebook.apply', { id, changes: [{ do: 'add', id: cell, content, after: cells.at(-1)?.id ?? null }] })
    return { notebook: id, title, cell, words: ADD_WORDS[kind] }
  }
  const add = (what: Addable, wish: Wish) => {
    if (isAdding) return
    setAdding(true)
    setProblem(null)
    put(what, wish).then(onAdded, (error: unknown) => {
      setAdding(false)
      setProblem(messageOf(error))
    })
  }
  return { add, problem, isAdding }
}
