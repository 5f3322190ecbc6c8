import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { BackendFault, type Fault } from '../../../contract'
import type { NamelessBatch } from '../../store'
import { readFiles, type ReadStep, type ReadTask } from './read-files'

/** What the reading thread says; each step is answered by one `taken`. */
type Said = { kind: 'step'; step: ReadStep } | { kind: 'end' } | { kind: 'fault'; fault: Fault }

/** Steps that may wait to be taken: enough that neither thread waits for the other, and little memory. */
const AHEAD = 8
/** Megabytes; most of what reading makes dies young, and it does so at less cost where more of it fits. */
const YOUNG = 192

/**
 * Reads in a thread of its own, so that another core parses while this one writes. Where the built program of the thread
 * does not stand beside the running file, as under the test runner, the same reading is done here.
 */
export function readAside(task: ReadTask, folder: string = import.meta.dirname): AsyncGenerator<ReadStep> {
  const program = join(folder, 'import-reader.js')
  return existsSync(program) ? stepsOf(program, task) : readFiles(task)
}

async function* stepsOf(program: string, task: ReadTask): AsyncGenerator<ReadStep> {
  const worker = new Worker(program, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: YOUNG } })
  const said: (Said | Error)[] = []
  let wake = () => {}
  const hear = (news: Said | Error) => {
    said.push(news)
    wake()
  }
  worker.on('message', (news: Said) => hear(news))
  worker.on('error', hear)
  worker.on('exit', (code) => hear(new Error(`the reading thread ended early with code ${code}`)))
  try {
    for (;;) {
      const news = said.shift()
      if (news === undefined) {
        await new Promise<void>((resolve) => (wake = resolve))
        continue
      }
      if (news instanceof Error) throw news
      if (news.kind === 'end') return
      if (news.kind === 'fault') throw new BackendFault(news.fault)
      yield news.step
      worker.postMessage('taken')
    }
  } finally {
    await worker.terminate()
  }
}

/** The whole of the thread. */
export async function runThread(): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('not a worker thread')
  let waiting = 0
  let go = () => {}
  port.on('message', () => {
    waiting--
    go()
  })
  const say = (news: Said, moved: ArrayBuffer[] = []) => port.postMessage(news, moved)
  try {
    for await (const step of readFiles(workerData as ReadTask)) {
      while (waiting >= AHEAD) await new Promise<void>((resolve) => (go = resolve))
      waiting++
      const batch = step.step === 'read' ? step.part.batch : null
      say({ kind: 'step', step }, batch ? memoryOf(batch) : [])
    }
    say({ kind: 'end' })
  } catch (error) {
    if (!(error instanceof BackendFault)) throw error
    say({ kind: 'fault', fault: error.toFault() })
  } finally {
    port.close()
  }
}

function memoryOf({ raw, arrays, years, attempts }: NamelessBatch): ArrayBuffer[] {
  return [raw, years, attempts, ...arrays].map(({ buffer }) => buffer as ArrayBuffer)
}
