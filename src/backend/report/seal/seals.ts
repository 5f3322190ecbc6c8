import { randomUUID } from 'node:crypto'
import { BackendFault, type Methods } from '../../../contract'
import type { Stamper } from './ask-authority'
import type { BundleContent } from './content'
import { sealing, type SealResult, type SealStep, type Signer } from './seal'
import { boxSink } from './sealed-box'
import { safeName } from './bag'
import { ZipTooLarge, zipSink, type BundleSink, type ByteSink } from './sink'

/** Bytes of one piece that a page reads, and the milliseconds after which it is told how far it is. */
const PIECE = 1024 * 1024
const TURN = 150

type Open = { steps: AsyncGenerator<SealStep, SealResult>; stop: AbortController; sink: BundleSink; queue: Uint8Array[]; progress: SealStep; isReading: boolean }

type Beginning = Pick<Signer, 'key' | 'print'> & { passphrase: string | null; /** Absent where no time stamp is asked for; the signal ends the asking. */ stamperFor?: (signal: AbortSignal) => Stamper }

/** Bundles that a page is reading piece by piece: nothing is worked on that is not asked for. */
export class Seals {
  readonly #open = new Map<string, Open>()

  async begin(content: BundleContent, { passphrase, stamperFor, ...signer }: Beginning): Promise<Methods['notebook.seal']> {
    const id = randomUUID()
    const queue: Uint8Array[] = []
    const out: ByteSink = { write: (bytes) => void queue.push(bytes), close: () => {}, abandon: () => {} }
    const name = bundleName(content)
    const sink = zipSink(name, passphrase === null ? out : await boxSink(passphrase, out), content.head.sealedAt)
    const stop = new AbortController()
    const stamper = stamperFor?.(stop.signal)
    this.#open.set(id, { steps: sealing(content, sink, { ...signer, ...(stamper && { stamper }) }), stop, sink, queue, progress: { step: 'events', done: 0, total: 0 }, isReading: false })
    return { id, name: `${name}.zip${passphrase === null ? '' : '.enc'}` }
  }

  async read(id: string): Promise<Methods['seal.read']> {
    const open = this.#open.get(id)
    if (!open || open.isReading) throw new BackendFault({ code: 'not-found', message: 'This seal is not under way any more.' })
    open.isReading = true
    const until = performance.now() + TURN
    let sealed: SealResult | null = null
    try {
      while (sealed === null && size(open.queue) < PIECE && performance.now() < until) {
        const { done, value } = await open.steps.next()
        if (done) sealed = value
        else open.progress = value
      }
    } catch (error) {
      this.end(id)
      throw error instanceof ZipTooLarge ? new BackendFault({ code: 'bad-ask', message: error.message }) : error
    }
    open.isReading = false
    if (sealed) this.#open.delete(id)
    return { bytes: taken(open.queue), progress: open.progress, sealed: sealed && toldOf(sealed) }
  }

  end(id: string): void {
    this.#open.get(id)?.stop.abort()
    this.#open.get(id)?.sink.abandon()
    this.#open.delete(id)
  }
}

/** What a bundle of a notebook is called, without an ending. */
function bundleName({ notebook, head }: Pick<BundleContent, 'notebook' | 'head'>): string {
  const day = new Date(head.sealedAt).toISOString().slice(0, 10)
  const title = safeName(notebook.title.replaceAll('/', ' ').toLowerCase()).replaceAll(/[_.-]+/g, '-').replaceAll(/^-|-$/g, '')
  return `recount-${title.slice(0, 60) || 'notebook'}-${day}`
}

function toldOf({ root, shortRoot, files, bytes, events, key, keptIn, stamp }: SealResult): NonNullable<Methods['seal.read']['sealed']> {
  return { root, shortRoot, files, bytes, events: events.size, key, keptIn, stamp }
}

function size(queue: readonly Uint8Array[]): number {
  return queue.reduce((sum, { length }) => sum + length, 0)
}

function taken(queue: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(queue.splice(0)))
}
