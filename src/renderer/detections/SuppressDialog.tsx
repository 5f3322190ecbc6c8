import { type FormEvent, useId, useState } from 'react'
import type { FindingRow } from '../../contract'
import { useBackend } from '../api'
import { Button, Dialog, messageOf, Shown, typedText } from '../shared'
import { keyWords } from './finding-words'

const DAY = 86_400_000

const ENDS: readonly { value: string; words: string; days: number | null }[] = [
  { value: 'none', words: 'Until it is taken back', days: null },
  { value: '1', words: 'For a day', days: 1 },
  { value: '7', words: 'For 7 days', days: 7 },
  { value: '30', words: 'For 30 days', days: 30 },
  { value: '90', words: 'For 90 days', days: 90 },
]

/** Asks for the reason, without which nothing is suppressed. */
export function SuppressDialog({ finding, onClose }: { finding: FindingRow; onClose: () => void }) {
  const backend = useBackend()
  const form = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const target = event.currentTarget
    const reason = typedText(target, 'reason')
    if (reason === '') return setProblem('A suppression needs a reason.')
    const days = ENDS.find(({ value }) => value === typedText(target, 'end'))?.days ?? null
    const key = typedText(target, 'scope') === 'rule' ? null : finding.key
    const until = days === null ? null : Date.now() + days * DAY
    backend
      .call('finding.suppress', { rule: finding.rule, key, reason, until })
      .then(onClose, (error: unknown) => setProblem(messageOf(error)))
  }
  return (
    <Dialog
      title="Suppress"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form}>
            Suppress
          </Button>
        </>
      }
    >
      <form id={form} className="dt-form" autoComplete="off" onSubmit={submit}>
        <p>
          <Shown text={finding.title} />. What is suppressed leaves the list and the counts. It can be shown at any time, and taken back.
        </p>
        <Scope finding={finding} />
        <label className="dt-line">
          <span>Reason</span>
          <textarea name="reason" rows={3} maxLength={1000} aria-required="true" aria-invalid={problem !== null} aria-describedby={`${form}-about`} data-autofocus="" />
        </label>
        <End />
        <p id={`${form}-about`} className={problem === null ? 'list-dim' : 'dt-wrong'} role={problem === null ? undefined : 'alert'}>
          {problem === null ? 'The reason is kept with the suppression.' : <Shown text={`! ${problem}`} />}
        </p>
      </form>
    </Dialog>
  )
}

function Scope({ finding }: { finding: FindingRow }) {
  return (
    <fieldset>
      <legend>What</legend>
      <label>
        <input type="radio" name="scope" value="key" defaultChecked />
        <Shown text={keyWords(finding)} />
      </label>
      <label>
        <input type="radio" name="scope" value="rule" />
        Every finding of this rule
      </label>
    </fieldset>
  )
}

function End() {
  return (
    <label className="dt-line">
      <span>How long</span>
      <select name="end" className="filter-input">
        {ENDS.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
