import { type ReactNode, useState } from 'react'
import { useHotkeys, useZone } from '../shared'
import { KeySheet } from './KeySheet'
import { Palette } from './Palette'

export type Overlay = 'palette' | 'keys'

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
    palette: <Palette onClose={close} onShowKeys={() => setShown('keys')} />,
    keys: <KeySheet onClose={close} />,
  }
  return { open: setShown, overlay: shown && overlay[shown] }
}
