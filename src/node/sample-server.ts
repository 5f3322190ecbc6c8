import { parentPort, workerData } from 'node:worker_threads'
import { type SampleAsk, serveSample } from './serve-sample'

// The program of the thread that runs the sample server; it ends with whoever started it.

const { url, token } = await serveSample(workerData as SampleAsk)
parentPort?.postMessage({ url, token })
