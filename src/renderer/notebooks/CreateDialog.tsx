import { type FormEvent, useId, useState } from 'react'
import { NOTEBOOK_TEMPLATES, type NotebookTemplate } from '../../contract'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { Button, Dialog, messageOf, Shown, typedText, useZone } from '../shared'
import { RangeFields } from './RangeFields'
import { TEMPLATE_WORDS } from './notebook-words'
import { typedRange, WRONG_RANGE } from './typed-range'
import './add-dialog.css'

/** Title, template and incident window of a new notebook, which is then opened. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const backend = useBackend()
  const { address, go } = useAddress()
  const zone = useZone()
  const form = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const [template, setTemplate] = useState<NotebookTemplate>('blank')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const target = event.currentTarget
    const title = typedText(target, 'title')
    if (title === '') return setProblem('A notebook needs a title.')
    const range = typedRange(target, zone)
    if (range === 'wrong') return setProblem(WRONG_RANGE)
    const names = NAMED[template] === undefined ? [] : namesIn(typedText(target, 'names'))
    if (template === NEEDING_NAMES && names.length === 0) return setProblem('This template asks what an account did: name at least one.')
    backend.call('notebook.create', { title, template, range, names }).then(
      ({ value: { id } }) => go({ screen: 'notebook', notebook: id, cell: undefined }),
      (error: unknown) => setProblem(messageOf(error)),
    )
  }
  return (
    <Dialog
      title="New notebook"
      width={600}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} hotkey="↵">
            Create
          </Button>
        </>
      }
    >
      <form id={form} className="nb-add-form" autoComplete="off" onSubmit={submit}>
        <label className="nb-add-line">
          <span>Title</span>
          <input name="title" className="filter-input" maxLength={500} aria-required="true" data-autofocus="" />
        </label>
        <Templates chosen={template} onChoose={setTemplate} />
        {NAMED[template] !== undefined && (
          <label className="nb-add-line">
            <span>{NAMED[template]}</span>
            <input name="names" className="filter-input" placeholder={`Several with commas between them${template === NEEDING_NAMES ? '' : '; may stay empty'}`} aria-required={template === NEEDING_NAMES} />
          </label>
        )}
        <div>
          <p className="nb-legend">Incident window, which may stay empty</p>
          <RangeFields range={address.range} zone={zone} window={null} />
        </div>
        {problem !== null && (
          <p className="nb-problem" role="alert">
            <Shown text={problem} />
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What a template is about, where it asks for it. */
const NAMED: Partial<Record<NotebookTemplate, string>> = { 'failed-sign-ins': 'Accounts', 'account-window': 'Accounts', 'server-reach': 'Machines' }

/** Without a name, each of its queries would find nothing. */
const NEEDING_NAMES: NotebookTemplate = 'account-window'

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name.length <= 500)
    .slice(0, 50)
}

function Templates({ chosen, onChoose }: { chosen: NotebookTemplate; onChoose: (template: NotebookTemplate) => void }) {
  return (
    <fieldset className="nb-templates">
      <legend>Template</legend>
      {NOTEBOOK_TEMPLATES.map((one) => (
        <label key={one} data-chosen={one === chosen || undefined}>
          <input type="radio" name="template" value={one} checked={one === chosen} onChange={() => onChoose(one)} />
          <span>{TEMPLATE_WORDS[one].name}</span>
          <span className="list-dim">{TEMPLATE_WORDS[one].about}</span>
        </label>
      ))}
    </fieldset>
  )
}
