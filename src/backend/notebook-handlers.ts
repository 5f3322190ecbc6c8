import { BackendFault, type Ask, type Notebook, type NotebookSide } from '../contract'
import { copiedOperation } from '../contract/asks'
import type { CustodyContext } from './custody-handlers'
import { on, type Handlers } from './handler'
import { cite, freeze, fromTemplate, Sides, unpack, type Check, type CopiedOperation, type Freezing } from './notebook'
import { CannotPrint } from './ports'
import { renderNotebook, sourceWords, type NotebookRendering } from './report'

export function notebookHandlers(context: CustodyContext) {
  return { ...writingHandlers(context), ...evidenceHandlers(context), ...copyHandlers(context) }
}

function writingHandlers({ ports, notebook }: CustodyContext) {
  return {
    'notebook.list': on(['notebook'], ({ removed }: Ask<'notebook.list'>) => notebook.list(removed)),
    'notebook.get': on(['notebook'], ({ id }: Ask<'notebook.get'>) => notebook.get(id)),
    'notebook.create': on([], ({ title, template, range: asked, names = [] }: Ask<'notebook.create'>) => {
      const { range, contents } = fromTemplate(template, { range: asked, names, now: ports.clock.now() })
      return { id: notebook.create({ title, range, contents }) }
    }),
    'notebook.apply': on([], ({ id, changes }: Ask<'notebook.apply'>) => ({ revision: notebook.apply(id, changes) })),
    'notebook.undo': on([], ({ id }: Ask<'notebook.undo'>) => ({ revision: notebook.undo(id) })),
    'notebook.redo': on([], ({ id }: Ask<'notebook.redo'>) => ({ revision: notebook.redo(id) })),
    'notebook.history': on(['notebook'], ({ id }: Ask<'notebook.history'>) => notebook.history(id)),
    'notebook.remove': on([], ({ id }: Ask<'notebook.remove'>) => {
      notebook.setRemoved(id, true)
      return {}
    }),
    'notebook.restore': on([], ({ id }: Ask<'notebook.restore'>) => {
      notebook.setRemoved(id, false)
      return {}
    }),
  } satisfies Partial<Handlers>
}

function evidenceHandlers({ store, ports, notebook }: CustodyContext) {
  const freezing = (): Freezing => {
    notebook.admit()
    return { store, files: notebook.files, by: notebook.by, now: ports.clock.now() }
  }
  return {
    'notebook.freeze': on([], ({ view }: Ask<'notebook.freeze'>) => freeze(freezing(), view)),
    'notebook.cite': on([], ({ keys }: Ask<'notebook.cite'>) => cite(freezing(), keys)),
  } satisfies Partial<Handlers>
}

function copyHandlers({ store, ports, version, notebook, custody }: CustodyContext) {
  const sides = new Sides({ store, files: notebook.files })
  const sideOf = async (id: string): Promise<NotebookSide> => {
    const side = await sides.of(id, notebook.document(id))
    const { entries, head, broken } = await custody.state()
    return { ...side, custody: { entries, head, isIntact: broken === null } }
  }
  const rendering = async (id: string, zone: string): Promise<NotebookRendering> => ({
    zone,
    head: { version, generatedAt: ports.clock.now(), generatedBy: notebook.by, sources: sourceWords(store.connections()), side: await sideOf(id) },
  })
  return {
    'notebook.side': on(['notebook', 'event', 'coverage', 'custody'], ({ id }: Ask<'notebook.side'>) => sideOf(id)),
    'notebook.pack': on(['notebook'], ({ id }: Ask<'notebook.pack'>) => {
      return { name: fileName(notebook.get(id), 'recount-notebook'), bytes: notebook.pack(id) }
    }),
    'notebook.compare': on(['notebook', 'mark'], ({ bytes }: Ask<'notebook.compare'>) => notebook.compare(unpack(bytes, isOperation))),
    'notebook.merge': on([], ({ bytes }: Ask<'notebook.merge'>) => notebook.merge(unpack(bytes, isOperation))),
    'notebook.export': on(['notebook'], async ({ id, format, zone }: Ask<'notebook.export'>) => {
      const shown = notebook.get(id)
      const pieces = renderNotebook(shown, format === 'pdf' ? 'html' : format, await rendering(id, zone))
      const name = fileName(shown, format)
      if (format !== 'pdf') return { name, bytes: new Uint8Array(Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)))) }
      return { name, bytes: await ports.pdf.print(pieces).catch(notPrinted) }
    }),
  } satisfies Partial<Handlers>
}

const isOperation: Check = (operation): operation is CopiedOperation => copiedOperation.safeParse(operation).success

function notPrinted(error: unknown): never {
  if (!(error instanceof CannotPrint)) throw error
  throw new BackendFault({ code: 'not-offered', message: error.message })
}

/** A name that every file system takes. */
function fileName({ title }: Notebook, ending: string): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '').slice(0, 80).toLowerCase()
  return `${plain || 'notebook'}.${ending}`
}
