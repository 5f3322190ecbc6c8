import { BackendFault, type Settings } from '../contract'
import type { Authority } from './report'
import { readAddress, readProxy, ServerFault } from './source'
import { readAuthorities } from './sync'

export type AuthoritySettings = Pick<Settings, 'stampUrl' | 'stampCaFile' | 'stampProxy'>

export function readStampSettings({ stampUrl = '', stampCaFile = '', stampProxy = '' }: Readonly<Record<string, string>>): AuthoritySettings {
  return { stampUrl, stampCaFile, stampProxy }
}

/** Host of the time stamp authority, or null where none is set. */
export function stampHost(settings: Readonly<Record<string, string>>): string | null {
  const { stampUrl } = readStampSettings(settings)
  return URL.canParse(stampUrl) ? new URL(stampUrl).host : null
}

/** Throws `bad-ask` for an address that nothing may be sent to, and `file-unreadable` for the file of authorities. */
export async function readAuthority(settings: AuthoritySettings): Promise<Authority> {
  if (settings.stampUrl === '') throw new BackendFault({ code: 'bad-ask', message: 'No time stamp authority is set. The settings name one.' })
  const { url, proxy } = checked(settings)
  const ca = settings.stampCaFile === '' ? undefined : await readAuthorities(settings.stampCaFile)
  return { url, ...(proxy !== undefined && { proxy }), ...(ca !== undefined && { ca }) }
}

/** Refuses settings that no request could be made with. Throws `bad-ask`. */
export function checkStampSettings(before: Settings, change: Partial<Settings>): void {
  const after = { ...before, ...change }
  if (after.stampUrl !== '') checked(after)
}

/** Only https:, or http: on this machine; without credentials in the address. */
function checked({ stampUrl, stampProxy }: AuthoritySettings): Pick<Authority, 'url' | 'proxy'> {
  try {
    const base = readAddress(stampUrl)
    const { href } = new URL(stampUrl.trim())
    return { url: href, ...(stampProxy === '' ? {} : { proxy: readProxy(stampProxy, base) }) }
  } catch (error) {
    throw error instanceof ServerFault ? new BackendFault({ code: 'bad-ask', message: error.message }) : error
  }
}
