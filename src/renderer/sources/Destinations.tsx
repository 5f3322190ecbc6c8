import { useState } from 'react'
import type { Destination } from '../../domain'
import { useAnswer, useBackend } from '../api'
import { Button, Dialog, ErrorState, Fact, messageOf, Shown, Spinner } from '../shared'

/** Stores that exports go to: nothing is read from them, so they have no coverage. */
export function Destinations() {
  const { value, fault } = useAnswer('destination.list', {})
  if (fault && !value) return <ErrorState title="The destinations of exports could not be listed" message={fault.message} />
  return value?.map((destination) => <DestinationCard key={destination.name} destination={destination} />)
}

function DestinationCard({ destination }: { destination: Destination }) {
  const [isRemoving, setRemoving] = useState(false)
  const { name, kind, url, region, user, passwordEnv, caFile, proxy } = destination
  return (
    <section className="card source" aria-label={`Destination ${name}`}>
      <header className="source-head">
        <h2>
          {kind}{' '}
          <span className="source-about">
            <Shown text={name} /> · where exports go
          </span>
        </h2>
        <div className="source-actions">
          <Button onClick={() => setRemoving(true)}>Remove</Button>
        </div>
      </header>
      <dl className="source-facts">
        <Fact name="Address" text={url} />
        <Fact name="Region" text={region} />
        <Fact name="Access key">
          <Shown text={user} />, its secret in the variable <Shown text={passwordEnv} /> of whoever exports
        </Fact>
        {caFile !== undefined && <Fact name="CA file" text={caFile} />}
        {proxy !== undefined && <Fact name="Proxy" text={proxy} />}
        <Fact name="Used by">
          <code className="mono">
            <Shown text={`recount query '' --out s3:${name} --since-last`} />
          </code>
          . This window sends nothing there.
        </Fact>
      </dl>
      {isRemoving && <RemoveDestination name={name} onClose={() => setRemoving(false)} />}
    </section>
  )
}

function RemoveDestination({ name, onClose }: { name: string; onClose: () => void }) {
  const backend = useBackend()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const remove = () => {
    setBusy(true)
    backend.call('destination.remove', { name }).then(onClose, (error: unknown) => {
      setBusy(false)
      setProblem(messageOf(error))
    })
  }
  return (
    <Dialog
      title={
        <>
          Remove <Shown text={name} />
        </>
      }
      onClose={onClose}
      actions={
        <>
          <span className="remove-wait">{isBusy && <Spinner label="Removing it" />}</span>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button look="primary" disabled={isBusy} onClick={remove}>
            Remove
          </Button>
        </>
      }
    >
      <p>
        Exports that name it fail from now on. What lies there stays. Where the last run ended is forgotten: connected again, the first export
        holds everything.
      </p>
      {problem !== null && (
        <p className="remove-problem" role="alert">
          <span aria-hidden="true">! </span>
          <Shown text={problem} />
        </p>
      )}
    </Dialog>
  )
}
