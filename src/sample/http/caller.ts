import type { IncomingHttpHeaders } from 'node:http'

export type Caller = { agent: string; source: string; address: string }

/** The server takes X-Source at its word, else guesses from the program's name. */
export function callerOf(headers: IncomingHttpHeaders, address: string): Caller {
  const agent = headers['user-agent'] ?? ''
  const named = headers['x-source']
  const source = typeof named === 'string' && named !== '' ? named : guessed(agent.toLowerCase())
  return { agent, source, address: address.replace(/^::ffff:/, '') }
}

function guessed(agent: string): string {
  if (agent.includes('vscode')) return 'vscode'
  return agent.includes('curl') || agent.includes('cli') ? 'cli' : 'ui'
}

/** These programs are spared the one-time code. */
export function skipsCode({ source }: Caller): boolean {
  return source === 'cli' || source === 'vscode'
}
