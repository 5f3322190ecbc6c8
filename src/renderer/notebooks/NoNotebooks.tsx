import { Button, EmptyState, Kbd } from '../shared'

type NoNotebooksProps = { isRemoved: boolean; onCreate: () => void; onMerge: () => void }

/** What a notebook is for, where there is none yet. */
export function NoNotebooks({ isRemoved, onCreate, onMerge }: NoNotebooksProps) {
  if (isRemoved) return <EmptyState title="No notebook was removed">A notebook that is removed can be brought back from here.</EmptyState>
  return (
    <EmptyState
      title="No notebook yet"
      action={
        <>
          <Button look="primary" hotkey="n" onClick={onCreate}>
            New notebook
          </Button>
          <Button onClick={onMerge}>Take in a copy</Button>
        </>
      }
    >
      <p>A notebook tells what happened, and each claim in it cites the events that show it.</p>
      <ul className="nb-teach">
        <li>
          <Kbd>b</Kbd> on the timeline, in a session or in the player puts what is shown there into a notebook.
        </li>
        <li>
          <Kbd>@</Kbd> in a text links an event, a session or a recording.
        </li>
        <li>Queries stay live until they are frozen with their rows and their hash.</li>
        <li>Findings draw the incident timeline by themselves.</li>
      </ul>
    </EmptyState>
  )
}
