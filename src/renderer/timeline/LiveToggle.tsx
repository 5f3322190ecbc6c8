import { Button, formatRough } from '../shared'
import { useLive } from './use-live'

/** Turns the look for news on and off. Off, nothing is asked for by this screen. */
export function LiveToggle() {
  const { isOn, toggle, reason, age, isFailing } = useLive()
  const about = isFailing ? 'no answer' : age === null ? '' : formatRough(age)
  return (
    <Button
      className="tl-live"
      aria-pressed={isOn}
      aria-disabled={reason !== null}
      aria-label={isOn ? `Live, ${isFailing || about === '' ? about : `looked ${about} ago`}` : 'Live'}
      title={reason ?? (isOn ? 'Looks for new rows every 10 s; press to pause' : 'Look for new rows every 10 s')}
      onClick={toggle}
    >
      Live
      {isOn && about !== '' && <span className="tl-live-age">{about}</span>}
    </Button>
  )
}
