import { join, resolve } from 'node:path'
import { NeedsPassphrase, ownFingerprints, UnfitBundle, verifyBundle, WrongPassphrase } from '../backend/report'
import { CHAIN_NOT_CHECKED, SEAL_PROVES } from '../contract'
import { formatInstant } from '../domain'
import type { Command } from './command'
import { print, say } from './io'
import { bundlePassphrase } from './seal'
import { UsageError } from './usage-error'

export const verify: Command = {
  usage: 'PATH [--bundle-passphrase-file F]',
  help: [
    'Checks a sealed bundle, a folder, a .zip or an encrypted .zip.enc, and names exactly what differs. Prints',
    '{ok, files, findings:[{file, problem, expected, found, words}], root, shortRoot, key, isOwnKey, title, sealedAt, sealedBy, stamp}.',
    'Exit 1 where anything differs, or where it is no bundle. Compare the root hash with the one that was told at the time.',
    ...SEAL_PROVES,
    '  --bundle-passphrase-file F   the passphrase of an encrypted bundle, in the first line; --passphrase-file does the same here',
  ],
  options: { 'bundle-passphrase-file': { type: 'string' } },
  words: { least: 1, most: 1 },
  async run(line) {
    const { io, workspace, words } = line
    const passphrase = bundlePassphrase(line, ['bundle-passphrase-file', 'passphrase-file'])
    const ownKeys = ownFingerprints(join(workspace, 'notebook'))
    try {
      const verified = await verifyBundle(resolve(io.cwd, words[0] ?? ''), { ownKeys, ...(passphrase === null ? {} : { passphrase }) })
      const { ok, files, findings, root, shortRoot, key, isOwnKey, title, sealedAt, sealedBy } = verified
      const stamp = verified.stamp && { ...verified.stamp, at: formatInstant(verified.stamp.at) }
      await print(io, { ok, files, findings, root, shortRoot, key, isOwnKey, title, sealedAt: sealedAt === null ? null : formatInstant(sealedAt), sealedBy, stamp })
      say(io, ok ? `Verified: unchanged since sealed. Root hash ${shortRoot}.` : `Differs: ${findings.length} findings.`)
      if (stamp) say(io, `The time stamp fits: this seal was there at ${stamp.at}, by ${stamp.authority}. ${CHAIN_NOT_CHECKED}`)
      for (const sentence of SEAL_PROVES) say(io, sentence)
      return ok ? 0 : 1
    } catch (error) {
      if (error instanceof NeedsPassphrase) throw new UsageError(`${error.message} --bundle-passphrase-file F names it.`)
      if (!(error instanceof UnfitBundle || error instanceof WrongPassphrase)) throw error
      say(io, `recount: ${error.message}`)
      return 1
    }
  },
}
