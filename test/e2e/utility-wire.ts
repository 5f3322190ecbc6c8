import type { Page } from '@playwright/test'
import { clientOver, decodeFrame, encodeFrame, type Backend, type Desktop } from '../../src/contract'
import type { Reply, Request } from '../../src/contract/client'

/** Far above what the page's own client comes to: both speak over the one wire that a page has. */
const FIRST_ID = 1_000_000

type InPage = { recountDesktop: Desktop; tellFrame: (base64: string) => void }

/**
 * A client whose frames go through the page's own bridge, the main process and the wire to the backend's process. Bytes
 * cross from and to the page as base64, which is the test's doing and not the wire's.
 */
export async function clientThroughPage(page: Page): Promise<Backend> {
  const listeners = new Set<(frame: Uint8Array) => void>()
  await page.exposeFunction('tellFrame', (base64: string) => {
    const reply = decodeFrame(new Uint8Array(Buffer.from(base64, 'base64'))) as Reply
    const isOurs = 'notice' in reply || reply.id > FIRST_ID
    if (!isOurs) return
    const own = 'notice' in reply ? reply : { ...reply, id: reply.id - FIRST_ID }
    for (const listener of listeners) listener(encodeFrame(own))
  })
  await page.evaluate(() => {
    const { recountDesktop, tellFrame } = globalThis as unknown as InPage
    recountDesktop.onFrame((frame) => {
      let text = ''
      for (let at = 0; at < frame.length; at += 10_000) text += String.fromCharCode(...frame.subarray(at, at + 10_000))
      tellFrame(btoa(text))
    })
  })
  return clientOver({
    send(frame) {
      const request = decodeFrame(frame) as Request
      const numbered = encodeFrame({ ...request, id: request.id + FIRST_ID })
      // A failure shows as a call that is never answered.
      void page.evaluate(sendFrame, Buffer.from(numbered).toString('base64')).catch(() => undefined)
    },
    onFrame(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClose: () => () => undefined,
  })
}

function sendFrame(base64: string): void {
  const { recountDesktop } = globalThis as unknown as InPage
  recountDesktop.send(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
}
