import { useState } from 'react'
import type { Connection } from '../../domain'
import { useBackend } from '../api'
import { Button, Dialog, Shown, Spinner, formatPlural, messageOf } from '../shared'

/** Says what is lost before anything is. */
export function RemoveDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const isServer = connection.origin === 'server'
  const isListedOnly = connection.state === 'removed'
  const [isWipe, setIsWipe] = useState(isListedOnly)
  const { remove, isRemoving, message } = useRemove(connection.name, onClose)
  const rows = formatPlural(connection.rows + connection.companions, 'row')
  return (
    <Dialog
      title={
        <>
          Remove <Shown text={connection.name} />
        </>
      }
      onClose={onClose}
      actions={
        <Actions isWipe={isWipe} isRemoving={isRemoving} onClose={onClose} onRemove={() => remove(isWipe)} />
      }
    >
      <div className="remove-choices" role="radiogroup" aria-label="What happens to its rows">
        {!isListedOnly && (
          <label>
            <input type="radio" name="wipe" checked={!isWipe} onChange={() => setIsWipe(false)} />
            <span>
              <b>Keep its rows</b>
              {isServer ? 'It is not read any more and its token is forgotten.' : 'The source is marked as removed.'} Its{' '}
              {rows} stay on the timeline and in searches.
            </span>
          </label>
        )}
        <label>
          <input type="radio" name="wipe" checked={isWipe} onChange={() => setIsWipe(true)} />
          <span>
            <b>Erase its rows</b>
            Its {rows} leave this workspace for good. Rows that another source also holds stay.
          </span>
        </label>
      </div>
      <p className="remove-note">
        {isServer
          ? 'Nothing changes on the server. It can be connected again.'
          : 'The files it was read from are not touched, and can be imported again.'}
      </p>
      {message !== null && (
        <p className="remove-problem" role="alert">
          <span aria-hidden="true">! </span>
          <Shown text={message} />
        </p>
      )}
    </Dialog>
  )
}

type ActionsProps = { isWipe: boolean; isRemoving: boolean; onClose: () => void; onRemove: () => void }

function Actions({ isWipe, isRemoving, onClose, onRemove }: ActionsProps) {
  return (
    <>
      <span className="remove-wait">
        {isRemoving && <Spinner label={isWipe ? 'Erasing its rows' : 'Removing it'} />}
      </span>
      <Button onClick={onClose} data-autofocus>
        Cancel
      </Button>
      <Button look={isWipe ? 'danger' : 'primary'} disabled={isRemoving} onClick={onRemove}>
        {isWipe ? 'Remove and erase its rows' : 'Remove and keep its rows'}
      </Button>
    </>
  )
}

function useRemove(name: string, onDone: () => void) {
  const backend = useBackend()
  const [isRemoving, setIsRemoving] = useState(false)
  const [message, setMessage] = useState<string | null>(null)
  const remove = (wipe: boolean) => {
    setIsRemoving(true)
    setMessage(null)
    backend.call('connection.remove', { name, wipe }).then(onDone, (error: unknown) => {
      setIsRemoving(false)
      setMessage(messageOf(error))
    })
  }
  return { remove, isRemoving, message }
}
