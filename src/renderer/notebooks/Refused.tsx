import type { NotebookChange } from '../../contract'
import { Button, Shown } from '../shared'
import type { QueueLook } from './save-queue'

type RefusedProps = { refused: QueueLook['refused']; onForget: (change: NotebookChange) => void }

/** What could not be written and never will be as it is: its words are here to be copied. */
export function Refused({ refused, onForget }: RefusedProps) {
  return refused.map(({ change, message }, at) => (
    <section key={at} className="nb-refused" role="alert">
      <p>
        <strong>Not written:</strong> <Shown text={message} />
      </p>
      {textOf(change) !== '' && <pre tabIndex={0}>{textOf(change)}</pre>}
      <Button onClick={() => onForget(change)}>Forget it</Button>
    </section>
  ))
}

function textOf(change: NotebookChange): string {
  if (change.do === 'title') return change.title
  if (!('content' in change)) return ''
  const { content } = change
  return 'text' in content ? content.text : 'claim' in content ? content.claim : 'note' in content ? content.note : content.title
}
