import { useState } from 'react'
import type { EventDetail } from '../../contract'
import { useBackend } from '../api'
import { formatCount, messageOf, Shown, useZone } from '../shared'
import { checkPage, type PageCheck } from './check-page'

/** Where a record came from, down to its bytes. */
export function ProvenanceCard({ detail }: { detail: EventDetail }) {
  const zone = useZone()
  const { provenance, rawSha256 } = detail
  const end = provenance.offset + provenance.length
  const isRequest = provenance.origin === 'request'
  const at = (time: number) => `${zone.format(time, 's')} ${zone.label}`
  return (
    <section className="tl-card">
      <h3>Provenance</h3>
      <dl className="tl-facts tl-attributes tl-mono">
        <Line name={isRequest ? 'request' : 'file'} text={provenance.place} />
        {provenance.status !== undefined && <Line name="status" text={String(provenance.status)} />}
        {provenance.date !== undefined && <Line name="server date" text={provenance.date} />}
        <Line
          name={isRequest ? 'place in page' : 'bytes'}
          text={`${formatCount(provenance.offset)} to ${formatCount(end)}, ${formatCount(provenance.length)} long`}
        />
        <Line name="record sha256" text={rawSha256} />
        {provenance.sha256 !== undefined && <Line name={isRequest ? 'page sha256' : 'whole sha256'} text={provenance.sha256} />}
        {provenance.mtime !== undefined && <Line name="changed" text={at(provenance.mtime)} />}
        <Line name={isRequest ? 'fetched' : 'read'} text={at(provenance.fetchedAt)} />
      </dl>
      {isRequest && <CheckPage key={detail.event.key} detail={detail} />}
    </section>
  )
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Shown text={text} />
      </dd>
    </div>
  )
}

type Checking = { state: 'open' } | { state: 'busy' } | { state: 'told'; check: PageCheck } | { state: 'failed'; words: string }

function CheckPage({ detail: { event, raw } }: { detail: EventDetail }) {
  const backend = useBackend()
  const [checking, setChecking] = useState<Checking>({ state: 'open' })
  const check = async (): Promise<Checking> => {
    try {
      const page = (await backend.call('event.page', { key: event.key })).value
      if (!page) return { state: 'failed', words: 'The page that it came in is no longer held whole.' }
      return { state: 'told', check: await checkPage(page, raw) }
    } catch (error) {
      return { state: 'failed', words: `The page could not be read: ${messageOf(error)}` }
    }
  }
  const start = () => {
    setChecking({ state: 'busy' })
    void check().then(setChecking)
  }
  return (
    <div className="tl-check">
      <button type="button" className="tl-link" disabled={checking.state === 'busy'} onClick={start}>
        {checking.state === 'busy' ? 'Checking…' : 'Check the page'}
      </button>
      <div role="status">
        {checking.state === 'failed' && <p className="tl-hint">{checking.words}</p>}
        {checking.state === 'told' && (
          <>
            <p className={checking.check.agrees ? 'tl-ok' : 'tl-failed'}>
              {checking.check.agrees ? '✓ Agrees' : '✕ Does not agree'}
            </p>
            {checking.check.words.map((words) => (
              <p key={words} className="tl-hint">
                {words}
              </p>
            ))}
          </>
        )}
      </div>
    </div>
  )
}
