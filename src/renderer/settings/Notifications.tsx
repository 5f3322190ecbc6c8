import { useState } from 'react'
import type { Settings } from '../../contract'
import { desktop } from '../api'
import { useSettings } from '../shared'
import { Section } from './Section'

const CHOICES: readonly (readonly [level: Settings['notifyLevel'], words: string])[] = [
  ['off', 'Off'],
  ['critical', 'Critical findings'],
  ['high', 'High and above'],
  ['medium', 'Medium and above'],
  ['low', 'Low and above'],
]

/** Whether new findings are told outside the window after a sync. */
export function Notifications() {
  const { settings, change } = useSettings()
  const [isRefused, setIsRefused] = useState(() => permission() === 'denied')
  const choose = (notifyLevel: Settings['notifyLevel']) => {
    change({ notifyLevel })
    if (notifyLevel === 'off' || permission() !== 'default') return
    Notification.requestPermission().then(
      (answer) => setIsRefused(answer === 'denied'),
      () => setIsRefused(true),
    )
  }
  return (
    <Section title="Notifications">
      <div role="radiogroup" aria-label="Notification of new findings after a sync" className="settings-choices">
        {CHOICES.map(([level, words]) => (
          <label key={level}>
            <input type="radio" name="notify" checked={settings.notifyLevel === level} onChange={() => choose(level)} />
            {words}
          </label>
        ))}
      </div>
      <p className="settings-note">
        After a sync, one notification tells how many findings are new. Suppressed findings are not told.
        {isRefused && settings.notifyLevel !== 'off' && ' The browser does not allow this page to notify: allow it in the settings of the browser.'}
      </p>
    </Section>
  )
}

/** The desktop host needs none. */
function permission(): NotificationPermission | null {
  return desktop() === null && 'Notification' in window ? Notification.permission : null
}
