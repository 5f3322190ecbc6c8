import { parentPort } from 'node:worker_threads'
import { BackendFault, type Fault } from '../../contract'
import { LocalReading } from './local-reading'
import type { Call, Calls, Progress, ReadingFiles, ReadingOptions } from './reading'

/** What the thread is told first; `workerData` would hold the files for ever. */
export type ThreadTask = { files: ReadingFiles; options: ReadingOptions }
/** What it is asked; answers bear the same number. */
export type ThreadAsk<C extends Call = Call> = { id: number; call: C; ask: Calls[C]['ask'] }
/** What it says. `alive`: it is at work, though nothing more is indexed yet. */
export type ThreadSaid =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'alive' }
  | { kind: 'damaged'; fault: Fault }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'fault'; id: number; fault: Fault }
  | { kind: 'error'; id: number; error: unknown }

/** Milliseconds. */
const ALIVE_EVERY = 500

/** The whole of the thread. */
export function runThread(): void {
  const port = parentPort
  if (!port) throw new Error('not a worker thread')
  const say: Say = (said) => port.postMessage(said)
  port.once('message', (task: ThreadTask) => {
    const reading = begin(task, say)
    port.on('message', (ask: ThreadAsk) => void answer(reading, ask, say))
  })
  // Unpacking a large file tells of no progress.
  setInterval(() => say({ kind: 'alive' }), ALIVE_EVERY)
}

type Say = (said: ThreadSaid) => void

/** Apart from what listens later, which would hold the files for ever. */
function begin({ files, options }: ThreadTask, say: Say): LocalReading {
  return new LocalReading(files, {
    options,
    onProgress: (progress) => say({ kind: 'progress', progress }),
    onDamaged: (fault) => say({ kind: 'damaged', fault: fault.toFault() }),
    onError: (error) => {
      throw error
    },
  })
}

async function answer(reading: LocalReading, { id, call, ask }: ThreadAsk, say: Say): Promise<void> {
  try {
    say({ kind: 'answer', id, answer: await reading.ask(call, ask) })
  } catch (error) {
    say(error instanceof BackendFault ? { kind: 'fault', id, fault: error.toFault() } : { kind: 'error', id, error })
  }
}
