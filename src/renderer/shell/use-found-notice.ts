import { useEffect } from 'react'
import { foundWords } from '../../contract'
import { defaultDetections, useAddress } from '../address'
import { desktop, useBackend } from '../api'

/** Tells of new findings outside the window: by the desktop host, or by the browser where the person allowed it. */
export function useFoundNotice(): void {
  const backend = useBackend()
  const { go } = useAddress()
  useEffect(
    () =>
      backend.on('detection.found', (news) => {
        const host = desktop()
        if (host) return host.tellFound(news.count, news.level)
        if (!('Notification' in window) || Notification.permission !== 'granted') return
        // The tag: a later one takes the place of this one.
        const notice = new Notification('Recount', { body: foundWords(news), tag: 'recount-found' })
        notice.onclick = () => {
          window.focus()
          notice.close()
          go({ screen: 'detections', detections: defaultDetections() })
        }
      }),
    [backend, go],
  )
}
