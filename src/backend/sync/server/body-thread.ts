import { parentPort } from 'node:worker_threads'
import { JsonFault, ServerFault, type ListForm, type ServerFaultCode } from '../../source'
import type { PagesBatch } from './page-groups'
import { BodyReader, type PageSaid, type PageTask, type ReadPage } from './read-body'

/**
 * A list's form under its number; a body to be read by the form of that number; pages whose records are wanted together; a
 * list of which none are wanted any more.
 */
export type Ask =
  | { form: ListForm; number: number }
  | { page: number; form: number; task: Omit<PageTask, 'form'>; body: Uint8Array }
  | { pages: number[]; stream: string }
  | { forget: string }

/** The page, or why it cannot be read; or the records of pages of which this is the last. */
export type Answer = { page: number; read: CrossingPage } | { page: number; problem: Problem } | { last: number; batch: PagesBatch }

/** Keys cross as one text with the length of each, which takes a fraction of the time. */
type CrossingPage = Omit<ReadPage, 'said'> & { said: Omit<PageSaid, 'keys'> & { keys: { text: string; lengths: Uint32Array } } }

/** What `runThread` answered. */
export function arrived({ said, ...read }: CrossingPage): ReadPage {
  const { text, lengths } = said.keys
  const keys: string[] = []
  let at = 0
  for (const length of lengths) keys.push(text.slice(at, (at += length)))
  return { ...read, said: { ...said, keys } }
}

function crossing({ said, ...read }: ReadPage): CrossingPage {
  const { keys } = said
  return { ...read, said: { ...said, keys: { text: keys.join(''), lengths: Uint32Array.from(keys, ({ length }) => length) } } }
}

/** A `JsonFault` or a `ServerFault`, as it crosses. */
type Problem = { problem: string; at: number; truncated: boolean } | { code: ServerFaultCode; message: string }

/** The whole of the thread that reads pages. */
export function runThread(): void {
  const port = parentPort
  if (!port) throw new Error('not a worker thread')
  const reader = new BodyReader()
  const forms: ListForm[] = []
  const answer = (news: Answer, moved: ArrayBuffer[] = []) => port.postMessage(news, moved)
  port.on('message', (ask: Ask) => {
    if ('number' in ask) {
      forms[ask.number] = ask.form
      return
    }
    if ('forget' in ask) return reader.forget(ask.forget)
    if ('pages' in ask) {
      const found = reader.batch(ask.stream, ask.pages)
      return answer({ last: ask.pages.at(-1) ?? 0, batch: found }, memoryOf(found))
    }
    const { page, body, task } = ask
    const form = forms[ask.form]
    if (!form) throw new Error(`no list ${ask.form}`)
    try {
      // The body stays: the next page is compared with this one.
      const read = reader.read({ ...task, form }, body, page)
      answer({ page, read: crossing(read) }, read.batch ? memoryOf(read.batch) : [])
    } catch (error) {
      answer({ page, problem: problemOf(error) })
    }
  })
}

function problemOf(error: unknown): Problem {
  if (error instanceof JsonFault) return { problem: error.problem, at: error.at, truncated: error.truncated }
  if (error instanceof ServerFault) return { code: error.code, message: error.message }
  throw error
}

function memoryOf({ batch: { columns, raw }, frames }: PagesBatch): ArrayBuffer[] {
  return [columns, raw, ...frames].map(({ buffer }) => buffer as ArrayBuffer)
}
