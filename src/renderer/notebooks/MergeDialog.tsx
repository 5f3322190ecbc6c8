import type { NotebookMerge } from '../../contract'
import { Button, Dialog, Fact, formatPlural, Shown } from '../shared'
import './add-dialog.css'

type MergeDialogProps = { brings: NotebookMerge; onClose: () => void; onTake: () => void }

/** What a copy of a notebook would bring, before it is taken in. */
export function MergeDialog({ brings, onClose, onTake }: MergeDialogProps) {
  const { title, added, marks, comments } = brings
  const isNothing = added + marks + comments === 0
  return (
    <Dialog
      title="Take in a copy"
      onClose={onClose}
      actions={
        isNothing ? (
          <Button onClick={onClose}>Close</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" onClick={onTake} data-autofocus>
              Take in
            </Button>
          </>
        )
      }
    >
      <div className="nb-add-form">
        <p className="nb-add-what">
          <Shown text={title} />
        </p>
        {isNothing ? <span>Everything in this copy is here already.</span> : <Brings brings={brings} />}
      </div>
    </Dialog>
  )
}

function Brings({ brings: { isNew, added, conflicts, marks, comments, by } }: Pick<MergeDialogProps, 'brings'>) {
  const changes = (count: number, of: string) => (count === 0 ? 'none' : `${formatPlural(count, 'change')} ${of} events that it cites`)
  return (
    <>
      <dl className="facts">
        <Fact name="Written by">
          <Shown text={by.join(', ')} />
        </Fact>
        <Fact name="Notebook">{isNew ? `new here, ${formatPlural(added, 'step')}` : added === 0 ? 'nothing new' : formatPlural(added, 'step')}</Fact>
        <Fact name="Cells both wrote">{conflicts === 0 ? 'none' : `${conflicts}: both writings are kept until one is chosen`}</Fact>
        <Fact name="Marks">{changes(marks, 'of')}</Fact>
        <Fact name="Comments">{changes(comments, 'on')}</Fact>
      </dl>
      <span className="nb-dim">What is written here stays. Comments that both edited keep both texts.</span>
    </>
  )
}
