import { readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { version } from '../../package.json'
import { accountName, CustodyLog, NotebookRoom, recordActs, Sides } from '../backend/notebook'
import { boxSink, fileSink, folderSink, notebookContent, sealBundle, sealKey, zipSink, ZipTooLarge, type BundleSink } from '../backend/report'
import type { WritableStore } from '../backend/store'
import { SEAL_PROVES } from '../contract'
import type { Command, Line } from './command'
import { print, say } from './io'
import { withWriter } from './open-store'
import { UsageError } from './usage-error'
import { textOf } from './words'

export const seal: Command = {
  usage: 'ID --out PATH [--bundle-passphrase-file F]',
  help: [
    'Seals a notebook with all that it rests on into a bundle (BagIt 1.0) that proves by itself that it was not changed:',
    'a folder, or by the name a .zip, or an encrypted .zip.enc. Prints {path, root, shortRoot, files, bytes, events, key}.',
    'The root hash, told to somebody else at the time, proves that no other bundle was made since.',
    ...SEAL_PROVES,
    '  --out PATH                   where it is written; nothing may stand there yet',
    '  --bundle-passphrase-file F   encrypts it under the first line of the file; PATH then ends in .enc',
  ],
  options: { out: { type: 'string' }, 'bundle-passphrase-file': { type: 'string' } },
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
    await withWriter(line, (store) => write(line, store, { id, path, passphrase }))
    return 0
  },
}

type Asked = { id: string; path: string; passphrase: string | null }

async function write(line: Line, store: WritableStore, { id, path, passphrase }: Asked): Promise<void> {
  const { io, workspace } = line
  const folder = join(workspace, 'notebook')
  const zone = store.settings()['zone'] ?? 'UTC'
  const room = new NotebookRoom({ workspace, isWriter: false, by: accountName(), now: io.now, onChange: () => undefined })
  try {
    const custody = await custodyBytes(line, zone)
    const content = notebookContent({ store, room, id, custody, side: await new Sides({ store, files: room.files }).of(id, room.document(id)), zone, version, now: io.now() })
    for (const words of content.lacking) say(io, words)
    const key = await sealKey(folder, null)
    const { root, shortRoot, files, bytes, events } = await sealBundle(content, await sinkOf(path, passphrase, io.now()), key).catch(asUsage)
    const detail = `${basename(path)}: ${files} files, ${events.size} records; root ${root}; key ${key.fingerprint}`
    await recordActs({ workspace, version, zone, now: io.now }, [{ action: 'seal', object: `notebook ${content.notebook.title}`, detail }])
    say(io, `Root hash ${shortRoot}. The key is this installation's, kept in ${join(folder, 'seal-key.pem')}.`)
    await print(io, { path, root, shortRoot, files, bytes, events: events.size, key: key.fingerprint })
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
