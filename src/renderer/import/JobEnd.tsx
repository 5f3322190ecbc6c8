import { useState } from 'react'
import type { ImportJob, ImportSummary } from '../../contract'
import { useBackend } from '../api'
import { Button, Shown, formatCount, messageOf, saveBytes } from '../shared'

/** What an import came to. */
export function JobEnd({ job }: { job: ImportJob }) {
  return (
    <>
      {job.state === 'cancelled' && (
        <p className="job-note">What was added before the stop is held. Importing again adds the rest.</p>
      )}
      {job.summaries.map((summary) => (
        <Summary key={`${summary.connection} ${summary.kind}`} summary={summary} isOnly={job.summaries.length === 1} />
      ))}
      {job.rejects > 0 && <Rejects job={job} />}
    </>
  )
}

function Summary({ summary, isOnly }: { summary: ImportSummary; isOnly: boolean }) {
  const { events, duplicates, companions, skipped, kind } = summary
  return (
    <dl className="job-summary">
      {!isOnly && (
        <>
          <dt>Kind</dt>
          <dd>{kind}</dd>
        </>
      )}
      <dt>Added</dt>
      <dd>
        <b>{formatCount(events)}</b>
        {events === 0 && duplicates > 0 && <p>Every record was held already.</p>}
      </dd>
      {companions > 0 && (
        <>
          <dt>Companions</dt>
          <dd>
            {formatCount(companions)}
            <p>of the added: second lines about an attempt another row counts, hidden by default</p>
          </dd>
        </>
      )}
      {duplicates > 0 && (
        <>
          <dt>Duplicates</dt>
          <dd>
            {formatCount(duplicates)} <p>held already, not added again</p>
          </dd>
        </>
      )}
      {skipped > 0 && (
        <>
          <dt>Skipped</dt>
          <dd>
            {formatCount(skipped)} <p>lines of programs that are no authentication</p>
          </dd>
        </>
      )}
    </dl>
  )
}

const MOST_LISTED = 3

function Rejects({ job }: { job: ImportJob }) {
  const backend = useBackend()
  const [problem, setProblem] = useState<string | null>(null)
  const listed = job.summaries.flatMap((summary) => summary.rejected).slice(0, MOST_LISTED)
  const save = async () => {
    setProblem(null)
    try {
      const { name, bytes } = (await backend.call('import.rejects', { job: job.job })).value
      await saveBytes(name, once(bytes))
    } catch (error) {
      setProblem(messageOf(error))
    }
  }
  return (
    <div className="job-rejects">
      <p>
        <span aria-hidden="true">! </span>
        {formatCount(job.rejects)} {job.rejects === 1 ? 'line' : 'lines'} could not be read
      </p>
      <ul>
        {listed.map(({ file, line, reason }) => (
          <li key={`${file}:${line}`}>
            <Shown text={file.split(/[\\/]/).at(-1) ?? file} />:{line} <Shown text={reason} />
          </li>
        ))}
      </ul>
      <Button onClick={() => void save()}>Save the rejected lines</Button>
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  )
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}
