import { type ReactNode, Suspense, useState } from 'react'
import { VerifyDialog } from '../notebooks'
import { useHotkeys, useZone } from '../shared'
import { KeySheet } from './KeySheet'
import { Palette } from './Palette'

export type Overlay = 'palette' | 'keys' | 'verify'

/** What opens over any screen, and the keys that work everywhere. */
export function useOverlays(): { open: (overlay: Overlay) => void; overlay: ReactNode } {
  const [shown, setShown] = useState<Overlay | null>(null)
  const { toggle } = useZone()
  const close = () => setShown(null)
  useHotkeys({
    'Ctrl+k': () => setShown('palette'),
    '?': () => setShown('keys'),
    T: toggle,
  })
  useHotkeys({ 'Ctrl+k': close }, { when: shown === 'palette', inDialog: true })
  const overlay = {
    palette: <Palette onClose={close} onShow={setShown} />,
    keys: <KeySheet onClose={close} />,
    verify: (
      <Suspense fallback={null}>
        <VerifyDialog onClose={close} />
      </Suspense>
    ),
  }
  return { open: setShown, overlay: shown && overlay[shown] }
}
