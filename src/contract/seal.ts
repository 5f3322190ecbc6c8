import type { Instant } from '../domain'
import type { TlpLabel } from './notebook'

/** What a seal proves and what it does not: stands in every report and wherever a bundle is made or verified. */
export const SEAL_PROVES = [
  'A seal shows that what is in the bundle is unchanged since this installation of Recount sealed it, and that the cited records are those it had read from their sources.',
  'It does not show that the source’s own log was true or whole. Whoever holds this installation’s key could make another bundle, unless the root hash was told to somebody else, or time-stamped, at the time.',
] as const

/** Said wherever a time stamp is shown. */
export const CHAIN_NOT_CHECKED = 'The name is the one that the certificate in the stamp gives itself; whether it is one to trust, openssl ts -verify says.'

/** What sealing a notebook now would put into the bundle. */
export type SealPreview = {
  title: string
  tlp: TlpLabel
  /** Records cited one by one, and rows of what was frozen. */
  cited: number
  frozen: number
  findings: number
  recordings: number
  custody: number
  sources: number
  /** Bytes of the records; what the bundle holds beside them is smaller, raw bodies and recordings left out. */
  bytes: number
  /** What cannot be put in, in plain words. */
  lacking: string[]
  /** Null until the first seal makes the key. */
  key: { fingerprint: string; keptIn: 'keystore' | 'file' } | null
  /** Host of the time stamp authority that the settings name, or null. */
  authority: string | null
}

/** What a time stamp authority says. That its certificate is one to trust is not checked. */
export type TimeStamp = { at: Instant; /** By its certificate's own words. */ authority: string }

export type SealProgress = { step: 'events' | 'raw' | 'recordings' | 'report' | 'seal' | 'stamp'; done: number; /** 0 where it is not known. */ total: number }

export type SealedBundle = {
  /** Hex SHA-256 of seal/root.json, and its first 16 digits in fours. */
  root: string
  shortRoot: string
  files: number
  bytes: number
  events: number
  /** Hex SHA-256 of the public key. */
  key: string
  keptIn: 'keystore' | 'file'
  /** Null where none was asked for; a sentence where it was and there is none. */
  stamp: TimeStamp | { problem: string } | null
}

export const BUNDLE_PROBLEMS = ['changed', 'missing', 'added', 'swapped', 'moved', 'removed', 'not-proven', 'signature', 'stamp', 'unreadable'] as const
export type BundleProblem = (typeof BUNDLE_PROBLEMS)[number]

/** One thing in a bundle that is not as it was sealed. */
export type BundleFinding = {
  file: string
  problem: BundleProblem
  expected: string | null
  found: string | null
  words: string
}

export type VerifiedBundle = {
  ok: boolean
  /** Files that were checked. */
  files: number
  findings: BundleFinding[]
  /** Of the bundle's own words, as far as they could be read. */
  title: string | null
  sealedAt: Instant | null
  sealedBy: string | null
  version: string | null
  /** Hex SHA-256 of seal/root.json, to compare with what was told at the time, and its first 16 digits in fours. */
  root: string | null
  shortRoot: string | null
  /** Hex SHA-256 of the key in the bundle, and whether this workspace sealed with it. */
  key: string | null
  isOwnKey: boolean
  events: number
  citations: number
  custody: number
  /** Null where none lies beside the seal, or one that does not fit, which is a finding. */
  stamp: TimeStamp | null
}

export type SealMethods = {
  'seal.preview': SealPreview
  /** Begins a bundle that is read piece by piece; a passphrase encrypts it, `stamp` asks the authority of the settings for a time stamp. */
  'notebook.seal': { id: string; name: string }
  /** `bytes` may be empty while it works; `sealed` is told with the last. */
  'seal.read': { bytes: Uint8Array; progress: SealProgress; sealed: SealedBundle | null }
  'seal.end': Record<string, never>
  /** Throws `unauthorized` where a passphrase is needed, `wrong-code` where it is another, `file-unreadable` for what is no bundle. */
  'bundle.verify': VerifiedBundle
}
