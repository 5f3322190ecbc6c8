import { join } from 'node:path'
import { BackendFault, type Ask } from '../contract'
import type { CustodyContext } from './custody-handlers'
import { on, writerOf, type Handlers } from './handler'
import { Sides } from './notebook'
import { heldKey, NeedsPassphrase, notebookContent, ownFingerprints, sealKey, sealPreview, Seals, stamperAt, UnfitBundle, verifyBundle, WrongPassphrase, type Ground } from './report'
import { readAuthority, readStampSettings, stampHost } from './stamp-authority'

export function sealHandlers(context: CustodyContext) {
  const { store, notebook, custody, ports, workspace, version } = context
  const seals = new Seals()
  const sides = new Sides({ store, files: notebook.files })
  const folder = join(workspace, 'notebook')
  const ground = async (id: string): Promise<Omit<Ground, 'side'>> => {
    // All that was done until now stands in the bundle.
    await custody.settle()
    const zone = store.settings()['zone'] ?? 'UTC'
    return { store, room: notebook, id, custody: await custody.bytes(), zone, version, now: ports.clock.now() }
  }
  return {
    'seal.preview': on(['notebook', 'recording'], async ({ id }: Ask<'seal.preview'>) => ({ ...sealPreview(await ground(id)), key: await heldKey(folder, ports.secrets), authority: stampHost(store.settings()) })),
    'notebook.seal': on([], async ({ id, passphrase, stamp }: Ask<'notebook.seal'>) => {
      const document = notebook.document(id)
      // Without the lock nothing may be written, and what is sealed must be told in the custody log.
      writerOf(context)
      const key = await sealKey(folder, ports.secrets)
      const side = await sides.of(id, document)
      const authority = stamp ? await readAuthority(readStampSettings(store.settings())) : null
      const content = notebookContent({ ...(await ground(id)), side })
      return seals.begin(content, { key, passphrase, print: (html) => ports.pdf.print(html), ...(authority && { stamperFor: (signal) => stamperAt(authority, { http: ports.http, signal }) }) })
    }),
    'seal.read': on([], ({ id }: Ask<'seal.read'>) => seals.read(id)),
    'seal.end': on([], ({ id }: Ask<'seal.end'>) => {
      seals.end(id)
      return {}
    }),
    'bundle.verify': on([], async ({ input, passphrase }: Ask<'bundle.verify'>) => {
      const path = 'path' in input ? input.path : (await writerOf(context).uploads.take(input.upload)).path
      return verifyBundle(path, { ownKeys: ownFingerprints(folder), ...(passphrase === null ? {} : { passphrase }) }).catch(asFault)
    }),
  } satisfies Partial<Handlers>
}

function asFault(error: unknown): never {
  if (error instanceof NeedsPassphrase) throw new BackendFault({ code: 'unauthorized', message: error.message })
  if (error instanceof WrongPassphrase) throw new BackendFault({ code: 'wrong-code', message: error.message })
  if (error instanceof UnfitBundle) throw new BackendFault({ code: 'file-unreadable', message: error.message })
  throw error
}
