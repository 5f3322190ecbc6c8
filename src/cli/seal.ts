import { readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { version } from '../../package.json'
import { CannotPrint, readAuthority, readStampSettings, type Ports } from '../backend'
import { accountName, CustodyLog, NotebookRoom, recordActs, Sides } from '../backend/notebook'
import { boxSink, fileSink, folderSink, notebookContent, sealBundle, sealKey, stamperAt, zipSink, ZipTooLarge, type BundleSink, type Signer, type Stamper } from '../backend/report'
import type { WritableStore } from '../backend/store'
import { CHAIN_NOT_CHECKED, SEAL_PROVES } from '../contract'
import { formatInstant } from '../domain'
import { nodePorts } from '../node'
import type { Command, Line } from './command'
import { print, say } from './io'
import { withWriter } from './open-store'
import { UsageError } from './usage-error'
import { textOf } from './words'

export const seal: Command = {
  usage: 'ID --out PATH [--bundle-passphrase-file F] [--no-pdf] [--timestamp | --timestamp-url URL [--ca FILE] [--proxy URL]]',
  help: [
    'Seals a notebook with all that it rests on into a bundle (BagIt 1.0) that proves by itself that it was not changed:',
    'a folder, or by the name a .zip, or an encrypted .zip.enc. Prints {path, root, shortRoot, files, bytes, events, key, stamp}.',
    'The root hash, told to somebody else at the time, proves that no other bundle was made since.',
    ...SEAL_PROVES,
    '  --out PATH                   where it is written; nothing may stand there yet',
    '  --bundle-passphrase-file F   encrypts it under the first line of the file; PATH then ends in .enc',
    '  --no-pdf                     leaves report.pdf out; it is told where there is no Chromium to print it with',
    '  --timestamp                  asks the time stamp authority (RFC 3161) of the settings, which is told a hash alone; without',
    '                               its answer the bundle is made all the same, `stamp` is null, and it is said why',
    '  --timestamp-url URL          asks this one; --ca FILE and --proxy URL as for connect',
  ],
  options: {
    out: { type: 'string' },
    'bundle-passphrase-file': { type: 'string' },
    'no-pdf': { type: 'boolean' },
    timestamp: { type: 'boolean' },
    'timestamp-url': { type: 'string' },
    ca: { type: 'string' },
    proxy: { type: 'string' },
  },
  words: { least: 1, most: 1 },
  async run(line) {
    const [id = ''] = line.words
    const named = textOf(line.values, 'out')
    if (named === undefined) throw new UsageError('seal needs --out PATH.')
    const path = resolve(line.io.cwd, named)
    if (statSync(path, { throwIfNoEntry: false })) throw new UsageError(`${named} is there already; a bundle takes the place of nothing.`)
    const passphrase = bundlePassphrase(line)
    if (passphrase !== null && !path.endsWith('.enc')) throw new UsageError('An encrypted bundle is no zip that others open: its name must end in .enc.')
    if (passphrase === null && path.endsWith('.enc')) throw new UsageError('A name that ends in .enc is for an encrypted bundle: --bundle-passphrase-file is needed.')
    const url = textOf(line.values, 'timestamp-url')
    const isReach = line.values['ca'] !== undefined || line.values['proxy'] !== undefined
    if (isReach && url === undefined) throw new UsageError('--ca and --proxy are for --timestamp-url.')
    await withWriter(line, async (store) => {
      const ports = nodePorts((text) => say(line.io, text), { env: line.io.env })
      try {
        await write(line, store, { id, path, passphrase, stamper: await stamperOf(line, store, ports), print: line.values['no-pdf'] === true ? null : printer(line, ports) })
      } finally {
        await ports.close()
      }
    })
    return 0
  },
}

/** Says why nothing is printed. */
function printer({ io }: Line, { pdf }: Ports): NonNullable<Signer['print']> {
  return async (html) => {
    try {
      return await pdf.print(html)
    } catch (error) {
      if (error instanceof CannotPrint) say(io, `report.pdf is left out. ${error.message}`)
      throw error
    }
  }
}

/** Null where no time stamp is asked for. */
async function stamperOf({ io, values }: Line, store: WritableStore, { http }: Ports): Promise<Stamper | null> {
  const url = textOf(values, 'timestamp-url')
  if (url === undefined && values['timestamp'] !== true) return null
  const ca = textOf(values, 'ca')
  const typed = { stampUrl: url ?? '', stampCaFile: ca === undefined ? '' : resolve(io.cwd, ca), stampProxy: textOf(values, 'proxy') ?? '' }
  const authority = await readAuthority(url === undefined ? readStampSettings(store.settings()) : typed)
  return stamperAt(authority, { http })
}

type Asked = { id: string; path: string; passphrase: string | null; stamper: Stamper | null; print: NonNullable<Signer['print']> | null }

async function write(line: Line, store: WritableStore, { id, path, passphrase, stamper, print: printPdf }: Asked): Promise<void> {
  const { io, workspace } = line
  const folder = join(workspace, 'notebook')
  const zone = store.settings()['zone'] ?? 'UTC'
  const room = new NotebookRoom({ workspace, isWriter: false, by: accountName(), now: io.now, onChange: () => undefined })
  try {
    const custody = await custodyBytes(line, zone)
    const content = notebookContent({ store, room, id, custody, side: await new Sides({ store, files: room.files }).of(id, room.document(id)), zone, version, now: io.now() })
    for (const words of content.lacking) say(io, words)
    const key = await sealKey(folder, null)
    const sealed = await sealBundle(content, await sinkOf(path, passphrase, io.now()), { key, ...(printPdf && { print: printPdf }), ...(stamper && { stamper }) }).catch(asUsage)
    const { root, shortRoot, files, bytes, events } = sealed
    const stamp = sealed.stamp && 'at' in sealed.stamp ? { at: formatInstant(sealed.stamp.at), authority: sealed.stamp.authority } : null
    const detail = `${basename(path)}: ${files} files, ${events.size} records; root ${root}; key ${key.fingerprint}${stamp ? `; time-stamped ${stamp.at}` : ''}`
    await recordActs({ workspace, version, zone, now: io.now }, [{ action: 'seal', object: `notebook ${content.notebook.title}`, detail }])
    say(io, `Root hash ${shortRoot}. The key is this installation's, kept in ${join(folder, 'seal-key.pem')}.`)
    if (stamp) say(io, `Time-stamped ${stamp.at} by ${stamp.authority}. ${CHAIN_NOT_CHECKED}`)
    else if (sealed.stamp && 'problem' in sealed.stamp) say(io, `${sealed.stamp.problem} The bundle is made without; how-to-verify.txt in it says how one is got later.`)
    await print(io, { path, root, shortRoot, files, bytes, events: events.size, key: key.fingerprint, stamp })
  } finally {
    room.close()
  }
}

function asUsage(error: unknown): never {
  throw error instanceof ZipTooLarge ? new UsageError(error.message) : error
}

async function sinkOf(path: string, passphrase: string | null, at: number): Promise<BundleSink> {
  const name = basename(path).replace(/(?:\.zip)?(?:\.enc)?$/, '')
  if (passphrase !== null) return zipSink(name, await boxSink(passphrase, fileSink(path)), at)
  return path.endsWith('.zip') ? zipSink(name, fileSink(path), at) : folderSink(path)
}

async function custodyBytes({ io, workspace }: Line, zone: string): Promise<Uint8Array> {
  const log = new CustodyLog({ workspace, version, now: io.now, zone: () => zone, by: accountName(), isWriter: false, anchor: null, onChange: () => undefined })
  try {
    return await log.bytes()
  } finally {
    log.close()
  }
}

/** First line of the file that an option names; null where none does. */
export function bundlePassphrase({ io, values }: Line, options: readonly string[] = ['bundle-passphrase-file']): string | null {
  const file = options.map((option) => textOf(values, option)).find((named) => named !== undefined)
  if (file === undefined) return null
  const text = readText(resolve(io.cwd, file)) ?? ''
  const [first = ''] = text.split(/\r?\n/, 1)
  if (first === '') throw new UsageError(`The passphrase file ${file} cannot be read, or begins with an empty line.`)
  return first
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
