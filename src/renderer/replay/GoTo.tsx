import { useState } from 'react'
import { Button, Dialog, typedText, useHotkeys } from '../shared'
import { clockWords, parseClock } from './clock-words'
import { useReplay } from './replay-context'

const WRONG = 'A time is seconds, or minutes and seconds as in 12:30, or hours as in 1:02:30.'

/** The key `g`: a field for a time. */
export function GoTo() {
  const { deck, duration } = useReplay()
  const [isOpen, setIsOpen] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useHotkeys({ g: () => setIsOpen(true) })
  if (!isOpen) return null
  const close = () => {
    setIsOpen(false)
    setProblem(null)
  }
  const submit = (form: HTMLFormElement) => {
    const time = parseClock(typedText(form, 'time'))
    if (time === null) return setProblem(WRONG)
    if (time > duration) return setProblem(`The recording is ${clockWords(duration)} long.`)
    deck.player.seek(time)
    close()
  }
  return (
    <Dialog
      title="Go to a time"
      width={360}
      onClose={close}
      actions={
        <Button look="primary" type="submit" form="rp-goto">
          Go
        </Button>
      }
    >
      <form
        id="rp-goto"
        className="rp-goto"
        onSubmit={(event) => {
          event.preventDefault()
          submit(event.currentTarget)
        }}
      >
        <label>
          Time since the start, up to {clockWords(duration)}
          <input
            name="time"
            className="mono"
            data-autofocus=""
            autoComplete="off"
            placeholder="12:30"
            aria-invalid={problem !== null}
            onChange={() => setProblem(null)}
          />
        </label>
        {problem !== null && (
          <p role="alert" className="rp-problem">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}
