import { useRef, useState } from 'react'
import { dueReviews } from '../../contract'
import { type CustodyTab, defaultCustody, useAddress } from '../address'
import { useAnswer, useBackend } from '../api'
import { ExportMenu } from '../exports'
import { Button, formatCount, messageOf, Shown, TextFilter, useNow, useSaving } from '../shared'
import { chainWords } from './custody-words'
import { CustodyLog } from './CustodyLog'
import { Notes } from './Notes'
import { Reviews } from './Reviews'
import '../shared/screen.css'
import './custody.css'

/** What was done in this workspace, whether that record still holds together, and who signed which look at it. */
export function Custody() {
  const { address, go } = useAddress()
  const { tab, text } = address.custody ?? defaultCustody()
  const setText = (next: string) => go({ custody: { tab, text: next } }, 'replace')
  const setTab = (next: CustodyTab) => go({ custody: { tab: next, text } })
  const input = useRef<HTMLInputElement>(null)
  const { value: log } = useAnswer('custody.list', { text: '', at: 0, count: 1 })
  const reviews = useAnswer('review.list', {})
  const due = dueReviews(reviews.value ?? [], useNow(60_000)).length
  return (
    <div className="screen cu">
      <header className="screen-head">
        <h1>Custody log</h1>
        <span>{log ? chainWords(log.state) : ''}</span>
        <Acts tab={tab} text={text} />
      </header>
      <div className="filters">
        <div className="cu-tabs" role="group" aria-label="What is shown">
          <button type="button" aria-pressed={tab === 'log'} onClick={() => setTab('log')}>
            Entries
          </button>
          <button type="button" aria-pressed={tab === 'reviews'} onClick={() => setTab('reviews')}>
            Reviews {due > 0 && <span className="cu-due">{due} due</span>}
          </button>
        </div>
        {tab === 'log' && (
          <TextFilter label="Filter entries" placeholder="Who, action, object or a word of the detail" text={text} onText={setText} input={input} />
        )}
      </div>
      {log && <Notes state={log.state} />}
      {tab === 'log' ? <CustodyLog text={text} input={input} onClear={() => setText('')} /> : <Reviews answered={reviews} />}
    </div>
  )
}

/** Checks the chain anew, and saves what is shown or the log as it stands. */
function Acts({ tab, text }: { tab: CustodyTab; text: string }) {
  const backend = useBackend()
  const { said, say, save } = useSaving()
  const [isChecking, setIsChecking] = useState(false)
  const check = () => {
    setIsChecking(true)
    backend
      .call('custody.check', {})
      .then(
        ({ value: { entries, found } }) => say(found === 0 ? `All entries match: ${formatCount(entries)}` : `Places that do not match: ${formatCount(found)}`),
        (error: unknown) => say(messageOf(error)),
      )
      .finally(() => setIsChecking(false))
  }
  return (
    <>
      <span className="cu-said" role="status">
        <Shown text={said} />
      </span>
      <Button onClick={check} disabled={isChecking}>
        {isChecking ? 'Checking' : 'Check the chain'}
      </Button>
      <ExportMenu
        what={tab === 'log' ? { table: 'custody.list', ask: { text } } : { table: 'review.list', ask: {} }}
        noun={tab === 'log' ? 'entries' : 'reviews'}
        disabled={false}
        others={[{ label: 'The whole log as it stands, which can be checked', onPick: () => save(backend.call('custody.export', {})) }]}
      />
    </>
  )
}
