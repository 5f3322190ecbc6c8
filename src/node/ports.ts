import type { Ports } from '../backend'

/** Takes one finished line. */
export type LineSink = (line: string) => void

/** The ports on a Node machine. Lines go to standard error unless told otherwise. */
export function nodePorts(write: LineSink = toStandardError): Ports {
  const say = (level: string, text: string) => write(`${new Date().toISOString()} ${level} ${text}`)
  return {
    clock: { now: () => Date.now() },
    log: {
      info: (message) => say('info', message),
      error: (message, error) => say('error', error === undefined ? message : `${message}: ${errorText(error)}`),
    },
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error)
}
