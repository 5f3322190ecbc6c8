import type { Desktop } from '../../contract'

declare global {
  interface Window {
    readonly recountDesktop?: Desktop
  }
}

/** What only the desktop host can do; null in a browser. */
export function desktop(): Desktop | null {
  return window.recountDesktop ?? null
}
