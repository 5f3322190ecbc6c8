import { citedBy } from './cited-marks'
import { NotebookDocument } from './document'
import type { EvidenceFiles } from './evidence-files'
import { inOrder, type NotebookOperation, type Operation } from './operation'

/** All notebooks by id. */
export class Documents {
  readonly #documents = new Map<string, NotebookDocument>()

  /** Operations in their order. Of a notebook whose making is lost, nothing can be shown. */
  constructor(operations: readonly Operation[]) {
    const of = new Map<string, NotebookOperation[]>()
    for (const operation of operations) {
      if (!isOfNotebook(operation)) continue
      const own = of.get(operation.notebook) ?? []
      of.set(operation.notebook, own)
      own.push(operation)
    }
    for (const [id, own] of of) {
      const created = own.find((operation) => operation.kind === 'notebook')
      this.#documents.set(id, new NotebookDocument(created ?? lostCreation(id, own), own.toSorted(inOrder)))
    }
  }

  get(id: string): NotebookDocument | null {
    return this.#documents.get(id) ?? null
  }

  apply(operation: NotebookOperation): void {
    if (operation.kind === 'notebook') this.#documents.set(operation.notebook, new NotebookDocument(operation, [operation]))
    else this.#documents.get(operation.notebook)?.apply(operation)
  }

  all(): NotebookDocument[] {
    return [...this.#documents.values()]
  }

  /** Keys of events that a notebook in the list cites, in its cells or in rows that are frozen. */
  cited(files: EvidenceFiles): Set<string> {
    const keys = new Set<string>()
    for (const document of this.#documents.values()) {
      if (document.isRemoved()) continue
      for (const key of citedBy(document, (sha256) => files.keys(sha256))) keys.add(key)
    }
    return keys
  }
}

export function isOfNotebook(operation: Operation): operation is NotebookOperation {
  return 'notebook' in operation
}

/** The record that made it may be damaged: what was written in it since is shown all the same. */
function lostCreation(notebook: string, [first]: NotebookOperation[]): Extract<NotebookOperation, { kind: 'notebook' }> {
  const { id = '', clock = 0, at = 0, by = '' } = first ?? {}
  return { kind: 'notebook', id: `${id}-lost`, clock, at, by, notebook, title: 'Notebook (its first entry is damaged)', range: null, cells: [] }
}
