import { parentPort } from 'node:worker_threads'
import { JsonFault, ServerFault, type ListForm, type ServerFaultCode } from '../../source'
import { BodyReader, type PageBatch, type PageTask, type ReadPage } from './read-body'

/** A list's form under its number, or a body to be read by the form of that number. */
export type Ask = { form: ListForm; number: number } | { page: number; form: number; task: Omit<PageTask, 'form'>; body: Uint8Array }

/** The page, or why it cannot be read. */
export type Answer = { page: number } & (
  | { read: ReadPage }
  | { problem: Problem }
)

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
    const { page, body, task } = ask
    const form = forms[ask.form]
    if (!form) throw new Error(`no list ${ask.form}`)
    try {
      // The body stays: the next page is compared with this one.
      const read = reader.read({ ...task, form }, body, page)
      answer({ page, read }, memoryOf(read.batch))
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

function memoryOf({ batch: { columns, raw, frame } }: PageBatch): ArrayBuffer[] {
  return [columns, raw, ...(frame ? [frame] : [])].map(({ buffer }) => buffer as ArrayBuffer)
}
