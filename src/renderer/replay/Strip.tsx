import { type ReactNode, useState } from 'react'
import type { Instant } from '../../domain'
import { useBackend } from '../api'
import { Button, Dialog, formatCount, formatPlural, messageOf, useZone } from '../shared'
import { useReplay } from './replay-context'
import { TypedInput } from './TypedInput'

/** What a recording can and cannot tell, and what of it is hidden. */
export function Strip() {
  const { id, opened, reveal, setReveal, input, setInput, say, said } = useReplay()
  const [asks, setAsks] = useState(false)
  const backend = useBackend()
  const revealInput = async () => {
    setAsks(false)
    try {
      await backend.call('recording.reveal', { id })
      setInput(true)
    } catch (error) {
      say(`Typed input stays hidden: ${messageOf(error)}`)
    }
  }
  return (
    <>
      {input && <TypedInput />}
      <div className="rp-strip">
        <span className="rp-caveat" title="What prints nothing, as scripts and file transfers may, leaves no trace on a screen.">
          A recording shows terminal output only, not everything that ran.
        </span>
        <span className="rp-said" role="status">
          {said}
        </span>
        <Toggle isOn={reveal} hint="Text written invisibly or in the colour of its ground (h)" onTurn={() => setReveal(!reveal)}>
          Reveal hidden text
        </Toggle>
        {opened.inputs > 0 && (
          <Toggle isOn={input} onTurn={() => (input ? setInput(false) : setAsks(true))}>
            {input ? 'Typed input' : 'Reveal typed input…'}
          </Toggle>
        )}
      </div>
      {asks && (
        <Dialog
          title="Reveal typed input"
          width={440}
          onClose={() => setAsks(false)}
          actions={
            <>
              <Button onClick={() => setAsks(false)}>Keep it hidden</Button>
              <Button look="primary" onClick={() => void revealInput()}>
                Reveal
              </Button>
            </>
          }
        >
          <p>
            {formatPlural(opened.inputs, 'piece')} of typed input {opened.inputs === 1 ? 'was' : 'were'} recorded: what
            the screen did not show is masked, but what is left may still be secret, and a .cast carries it along until it
            is hidden again.
          </p>
          <p>
            That it is revealed is written down in the workspace. <Reveals times={opened.reveals} />
          </p>
        </Dialog>
      )}
    </>
  )
}

function Reveals({ times }: { times: readonly Instant[] }) {
  const zone = useZone()
  const last = times.at(-1)
  if (last === undefined) return 'It was never revealed before.'
  return `It was revealed ${times.length === 1 ? 'once' : `${formatCount(times.length)} times`} before, last at ${zone.format(last)} ${zone.label}.`
}

type ToggleProps = { isOn: boolean; onTurn: () => void; hint?: string; children: ReactNode }

function Toggle({ isOn, onTurn, hint, children }: ToggleProps) {
  return (
    <button type="button" className="rp-toggle" aria-pressed={isOn} title={hint} onClick={onTurn}>
      <span className="rp-check" aria-hidden="true" />
      {children}
    </button>
  )
}
