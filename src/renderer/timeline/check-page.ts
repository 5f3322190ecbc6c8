import type { EventPage } from '../../contract'
import { formatCount } from '../shared'

export type PageCheck = { agrees: boolean; words: string[] }

/** Hashes a held page here, apart from the program that says what its hash is, and finds the record in it. */
export async function checkPage(page: EventPage, raw: Uint8Array): Promise<PageCheck> {
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(page.bytes))))
  if (sha256 !== page.sha256) {
    return { agrees: false, words: [`The page held hashes to ${sha256}, not to ${page.sha256}.`] }
  }
  const { offset, length } = page.provenance
  const place = page.bytes.subarray(offset, offset + length)
  if (place.length !== raw.length || place.some((byte, at) => byte !== raw[at])) {
    return { agrees: false, words: [`The page's hash agrees, but at byte ${formatCount(offset)} stands another record.`] }
  }
  const words = [`The page hashes to ${sha256}, as recorded, and the record stands in it at byte ${formatCount(offset)}.`]
  if (page.receivedSha256 !== page.sha256) {
    words.push(`Secrets in it were replaced before it was kept; as received it hashed to ${page.receivedSha256}.`)
  }
  return { agrees: true, words }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
