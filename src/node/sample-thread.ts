import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Ports } from '../backend'
import type { SampleAsk, ServedSample } from './serve-sample'

type Running = { served: ServedSample; close(): Promise<void> }

/** Sample servers of this process, each in a thread of its own and started once. */
export class SampleThreads {
  private readonly started = new Map<string, Promise<Running>>()
  private readonly log: Ports['log']
  private readonly program: string

  constructor(log: Ports['log'], folder: string = import.meta.dirname) {
    this.log = log
    this.program = join(folder, 'sample-server.js')
  }

  async start({ seed, events, origin }: SampleAsk): Promise<ServedSample> {
    const values = JSON.stringify([seed, events, origin])
    const running = this.started.get(values) ?? this.launch({ seed, events, origin }, values)
    return (await running).served
  }

  async close(): Promise<void> {
    const all = [...this.started.values()]
    this.started.clear()
    await Promise.allSettled(all.map(async (running) => (await running).close()))
  }

  /**
   * Where the built program of the thread does not stand beside the running file, as under the test runner, the same
   * server runs here.
   */
  private launch(ask: SampleAsk, values: string): Promise<Running> {
    const forget = () => void this.started.delete(values)
    const running = existsSync(this.program) ? this.inThread(ask, forget) : here(ask)
    this.started.set(values, running)
    running.catch(forget)
    return running
  }

  private async inThread(ask: SampleAsk, forget: () => void): Promise<Running> {
    const worker = new Worker(this.program, { workerData: ask })
    worker.on('error', (error) => this.log.error('the sample server failed', error))
    worker.once('exit', forget)
    const served = await new Promise<ServedSample>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('exit', (code) => reject(new Error(`the sample server ended with code ${code} before it served`)))
    })
    // It alone is no reason for the program to go on.
    worker.unref()
    return {
      served,
      async close() {
        await worker.terminate()
      },
    }
  }
}

async function here(ask: SampleAsk): Promise<Running> {
  const { serveSample } = await import('./serve-sample')
  const sample = await serveSample(ask)
  return { served: { url: sample.url, token: sample.token }, close: () => sample.close() }
}
