import type { Ports } from '../backend'
import type { NodeHttp } from './http'
import { memorySecrets } from './memory-secrets'
import { SampleThreads } from './sample-thread'

/** Takes one finished line. */
export type LineSink = (line: string) => void

export type NodePorts = Ports & {
  /** Ends what the ports started. */
  close(): Promise<void>
}

type PortOptions = {
  /** In memory unless told otherwise. */
  secrets?: Ports['secrets']
  /** By a Chromium of this machine unless told otherwise. */
  pdf?: Ports['pdf']
  env?: NodeJS.ProcessEnv
}

/** The ports on a Node machine. Lines go to standard error unless told otherwise. */
export function nodePorts(write: LineSink = toStandardError, options: PortOptions = {}): NodePorts {
  const { secrets = memorySecrets(), env = process.env } = options
  const pdf = options.pdf ?? latePdf(env)
  const log = logTo(write)
  const http = lateHttp()
  const samples = new SampleThreads(log)
  return {
    clock: { now: () => Date.now() },
    log,
    http,
    secrets,
    pdf,
    env: (name) => env[name],
    sample: { start: (ask) => samples.start(ask) },
    async close() {
      await Promise.all([http.close(), samples.close()])
    },
  }
}

/** Loaded at the first request: most of what runs here makes none. */
function lateHttp(): NodeHttp {
  let loading: Promise<NodeHttp> | null = null
  return {
    async request(ask) {
      loading ??= import('./http').then(({ nodeHttp }) => nodeHttp())
      return (await loading).request(ask)
    },
    async close() {
      await (await loading)?.close()
    },
  }
}

function latePdf(env: NodeJS.ProcessEnv): Ports['pdf'] {
  let loading: Promise<Ports['pdf']> | null = null
  const load = async () => {
    const [{ chromiumPrint }, { pdfPort }] = await Promise.all([import('./chromium-print'), import('./print-pdf')])
    return pdfPort(chromiumPrint(env))
  }
  return {
    async print(html) {
      loading ??= load()
      return (await loading).print(html)
    },
  }
}

function logTo(write: LineSink): Ports['log'] {
  const say = (level: string, text: string) => write(`${new Date().toISOString()} ${level} ${text}`)
  return {
    info: (message) => say('info', message),
    error: (message, error) => say('error', error === undefined ? message : `${message}: ${errorText(error)}`),
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error)
}
