import { useEffect, useRef, useState } from 'react'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'
import { Button, parseInZone, rangeWords, useZone, type ZoneUse } from '../shared'
import { useActions } from './ActionsContext'

const DAY = 86_400_000

/** The time pin beside the query: shows it, and opens a small form to set it. */
export function TimePin({ held }: { held: TimeRange | null }) {
  const { address } = useAddress()
  const zone = useZone()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const close = () => {
    setOpen(false)
    box.current?.querySelector<HTMLElement>('.button')?.focus()
  }
  useEffect(() => {
    if (!open) return
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    addEventListener('pointerdown', press, true)
    return () => removeEventListener('pointerdown', press, true)
  }, [open])

  return (
    <div
      ref={box}
      className="tl-pin"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
    >
      <Button
        aria-haspopup="dialog"
        aria-expanded={open}
        className={address.range ? 'tl-pin-set' : ''}
        title={address.range ? exactWords(address.range, zone) : 'Time pin: only events inside it are shown'}
        onClick={() => setOpen(!open)}
      >
        {address.range ? rangeWords(address.range, zone) : 'All time'} <span aria-hidden="true">▾</span>
      </Button>
      {open && <PinForm range={address.range} held={held} onDone={close} />}
    </div>
  )
}

function exactWords(range: TimeRange, zone: ZoneUse): string {
  return `Time pin: from ${zone.format(range.from, 'ms')} up to ${zone.format(range.to, 'ms')} ${zone.label}, not included`
}

type PinFormProps = { range: TimeRange | null; held: TimeRange | null; onDone: () => void }

function PinForm({ range, held, onDone }: PinFormProps) {
  const actions = useActions()
  const zone = useZone()
  const start = range ?? held
  const [from, setFrom] = useState(start ? zone.format(start.from, 'ms').replace(/\.000$/, '') : '')
  const [to, setTo] = useState(start ? zone.format(start.to, 'ms').replace(/\.000$/, '') : '')
  const [problem, setProblem] = useState<string | null>(null)
  const pin = (next: TimeRange | null) => {
    actions.pin(next)
    onDone()
  }
  const apply = () => {
    const next = { from: parseInZone(from, zone), to: parseInZone(to, zone) }
    if (next.from === null) return setProblem('“From” is not a time. Expected 2026-02-06 02:10 or 2026-02-06T02:10:00Z.')
    if (next.to === null) return setProblem('“To” is not a time. Expected 2026-02-06 03:40 or 2026-02-06T03:40:00Z.')
    if (next.from >= next.to) return setProblem('“From” has to stand before “To”.')
    pin({ from: next.from, to: next.to })
  }
  return (
    <form
      className="tl-popover"
      role="dialog"
      aria-label="Time pin"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <Presets held={held} onPick={pin} />
      <label>
        From
        <input autoFocus value={from} spellCheck={false} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        To, not included
        <input value={to} spellCheck={false} onChange={(event) => setTo(event.target.value)} />
      </label>
      <p className="tl-hint">Times in {zone.label} unless they name a zone.</p>
      {problem && (
        <p className="tl-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="tl-popover-foot">
        <Button look="quiet" disabled={!range} onClick={() => pin(null)}>
          Clear pin
        </Button>
        <Button look="primary" type="submit">
          Apply
        </Button>
      </div>
    </form>
  )
}

function Presets({ held, onPick }: { held: TimeRange | null; onPick: (range: TimeRange) => void }) {
  return (
    <div className="tl-presets">
      <Button disabled={!held} onClick={() => held && onPick({ from: held.to - DAY, to: held.to })}>
        Last 24 h held
      </Button>
      <Button disabled={!held} onClick={() => held && onPick(held)}>
        Whole range held
      </Button>
    </div>
  )
}
