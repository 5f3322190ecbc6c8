import { useDeferredValue, useState } from 'react'
import type { ProductionPreview } from '../../contract'
import { useAnswer } from '../api'
import { formatCount, formatPlural, Shown, useSettings } from '../shared'
import { Section } from './Section'

const MOST = 20_000

/** The machines of production. They are kept when the field is left. */
export function Production() {
  const { settings, change } = useSettings()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? settings.production
  const keep = () => {
    if (typed !== null && typed.trim() !== settings.production) change({ production: typed.trim() })
    setTyped(null)
  }
  return (
    <Section title="Production">
      <textarea
        className="settings-production"
        rows={3}
        maxLength={MOST}
        spellCheck={false}
        aria-label="Machines of production, with commas or on lines of their own"
        aria-describedby="production-note"
        placeholder="none named; as: db-*, pay-01, web-eu-?"
        value={shown}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={keep}
      />
      <Preview production={shown} />
      <p className="settings-note" id="production-note">
        Names of machines, where <span className="mono">*</span> stands for any letters and <span className="mono">?</span> for one. With none
        named, machines count that have <span className="mono">prod</span>, <span className="mono">prd</span> or{' '}
        <span className="mono">live</span> as a part of their name, as in <span className="mono">db-prod-01</span>. Access and Detections tell
        privileged work on them apart.
      </p>
    </Section>
  )
}

/** What the definition means for the machines that are held. */
function Preview({ production }: { production: string }) {
  const asked = useDeferredValue(production)
  const { value, fault } = useAnswer('production.preview', { production: asked })
  if (fault) return <p role="alert">It could not be told which machines match: {fault.message}</p>
  return (
    <p className="settings-preview" role="status">
      {value ? <Words preview={value} /> : 'Looking at the machines held'}
    </p>
  )
}

function Words({ preview: { matching, machines, names } }: { preview: ProductionPreview }) {
  if (machines === 0) return 'No machine is held yet.'
  const words = `${formatCount(matching)} of ${formatPlural(machines, 'machine')} held ${matching === 1 ? 'matches' : 'match'}`
  if (names.length === 0) return `${words}.`
  return (
    <>
      {words}: <Shown text={names.join(', ')} />
      {matching > names.length ? ' and more.' : '.'}
    </>
  )
}
