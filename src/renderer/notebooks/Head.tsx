import { type KeyboardEvent, useState, useSyncExternalStore } from 'react'
import { NOTEBOOK_STATES, type Notebook, TLP_LABELS } from '../../contract'
import { PlaceLink } from '../address'
import { Button, IconButton, Shown, useButtonMenu, useNow } from '../shared'
import { ExportMenu } from './ExportMenu'
import { saveWords, STATUS_WORDS, TLP_MEANING } from './notebook-words'
import { usePage } from './page-context'
import type { SaveQueue } from './save-queue'
import { SealButton } from './SealButton'
import { Tlp } from './Tlp'

type HeadProps = {
  notebook: Notebook
  queue: SaveQueue
  steps: { undo: () => void; redo: () => void }
  isHistory: boolean
  onHistory: () => void
}

export function Head({ notebook, queue, steps, isHistory, onHistory }: HeadProps) {
  return (
    <header className="nb-head">
      <PlaceLink className="nb-back" place={{ screen: 'notebooks', notebook: undefined }} title="All notebooks" label="All notebooks">
        ‹
      </PlaceLink>
      <Title title={notebook.title} queue={queue} />
      <TlpMenu notebook={notebook} />
      <StatusMenu notebook={notebook} />
      <span className="nb-head-space" />
      <SaveState queue={queue} changedAt={notebook.changedAt} />
      <span className="nb-head-acts">
        <IconButton label="Undo (Ctrl Z)" disabled={!notebook.canUndo} onClick={steps.undo}>
          ↶
        </IconButton>
        <IconButton label="Redo (Ctrl Y)" disabled={!notebook.canRedo} onClick={steps.redo}>
          ↷
        </IconButton>
      </span>
      <Button look="quiet" aria-pressed={isHistory} onClick={onHistory}>
        History
      </Button>
      <ExportMenu notebook={notebook} queue={queue} />
      <SealButton notebook={notebook} queue={queue} />
    </header>
  )
}

function Title({ title, queue }: { title: string; queue: SaveQueue }) {
  const [typed, setTyped] = useState<string | null>(null)
  const leave = () => {
    void queue.flush()
    setTyped(null)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    leave()
  }
  if (typed === null) {
    return (
      <h1>
        <button type="button" className="nb-title" title="Edit the title" onClick={() => setTyped(title)}>
          <Shown text={title} />
        </button>
      </h1>
    )
  }
  return (
    <input
      className="filter-input nb-title-field"
      aria-label="Title"
      maxLength={500}
      autoFocus
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.value.trim() !== '') queue.type({ do: 'title', title: target.value.trim() })
      }}
      onBlur={leave}
      onKeyDown={press}
    />
  )
}

function TlpMenu({ notebook: { tlp } }: { notebook: Notebook }) {
  const { apply } = usePage()
  const { opener, menu } = useButtonMenu({
    label: 'Traffic light protocol',
    items: TLP_LABELS.map((label) => ({
      label: (
        <span className="nb-tlp-item">
          <Tlp label={label} /> <span className="nb-menu-about">{TLP_MEANING[label]}</span>
        </span>
      ),
      checked: label === tlp,
      onPick: () => apply({ do: 'tlp', tlp: label }),
    })),
  })
  return (
    <>
      <button type="button" className="nb-tlp-button" aria-label={`${tlp}: ${TLP_MEANING[tlp]}. Change it`} title={TLP_MEANING[tlp]} {...opener}>
        <Tlp label={tlp} />
      </button>
      {menu}
    </>
  )
}

function StatusMenu({ notebook: { status } }: { notebook: Notebook }) {
  const { apply } = usePage()
  const { opener, menu } = useButtonMenu({
    label: 'Status',
    items: NOTEBOOK_STATES.map((one) => ({ label: STATUS_WORDS[one], checked: one === status, onPick: () => apply({ do: 'status', status: one }) })),
  })
  return (
    <>
      <button type="button" className="nb-status" aria-label={`Status: ${STATUS_WORDS[status]}. Change it`} {...opener}>
        {STATUS_WORDS[status]}
      </button>
      {menu}
    </>
  )
}

function SaveState({ queue, changedAt }: { queue: SaveQueue; changedAt: number }) {
  const { state } = useSyncExternalStore(queue.subscribe, queue.get)
  const now = useNow(1000)
  return <span className={state.kind === 'failed' ? 'nb-save nb-failed' : 'nb-save'}>{state.kind === 'failed' ? '! not saved' : saveWords(state, changedAt, now)}</span>
}
