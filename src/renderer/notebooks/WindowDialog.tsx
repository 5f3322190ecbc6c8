import { type FormEvent, useId, useState } from 'react'
import type { TimeRange } from '../../domain'
import { Button, Dialog, useZone } from '../shared'
import { usePage } from './page-context'
import { RangeFields } from './RangeFields'
import { typedRange, WRONG_RANGE } from './typed-range'
import './add-dialog.css'

type WindowDialogProps = { range: TimeRange | null; /** Of what is cited. */ suggested: TimeRange | null; onClose: () => void }

/** The incident window: new queries look at it, and coverage is told of it. */
export function WindowDialog({ range, suggested, onClose }: WindowDialogProps) {
  const { apply } = usePage()
  const zone = useZone()
  const form = useId()
  const [isWrong, setWrong] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = typedRange(event.currentTarget, zone)
    if (typed === 'wrong') return setWrong(true)
    apply({ do: 'range', range: typed })
    onClose()
  }
  return (
    <Dialog
      title="Incident window"
      width={560}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form}>
            Set
          </Button>
        </>
      }
    >
      <form id={form} className="nb-add-form" autoComplete="off" onSubmit={submit}>
        <p>New queries of this notebook look at it, and the coverage beside the cells is that of it. Cells that are there keep their own time.</p>
        <RangeFields range={range ?? suggested} zone={zone} window={suggested} windowName="Of what is cited" />
        {isWrong && (
          <p className="nb-problem" role="alert">
            {WRONG_RANGE}
          </p>
        )}
      </form>
    </Dialog>
  )
}
