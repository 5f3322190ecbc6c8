import type { ServedApp } from '../serve'
import type { Command, Line } from './command'
import { print, say } from './io'
import { wholeOf } from './words'

export const serve: Command = {
  usage: '[--port N] [--no-open]',
  help: [
    'Runs Recount in a browser, on this machine alone, and prints {url}. The address works once, within a minute; Enter',
    'gives another. Ends with Ctrl C, when its window is closed, and when no page was there for a while.',
    '  --port N    port to listen on; any that is free otherwise',
    '  --no-open   open no browser',
  ],
  options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } },
  words: { least: 0, most: 0 },
  async run(line) {
    const { io, workspace, values } = line
    const port = wholeOf(values, 'port', { least: 0, most: 65_535 }) ?? 0
    // Loaded only here: no other command needs a server.
    const { serveApp } = await import('../serve')
    const app = await serveApp({ workspace, port, open: values['no-open'] !== true, log: (text) => say(io, text) })
    const undo = [io.onInterrupt(() => void app.close()), io.onEnter(() => void print(io, { url: app.newUrl() }))]
    try {
      if (app.unopened !== null) say(io, `No window was opened: ${app.unopened}.`)
      await print(io, { url: app.url })
      return await untilEnded(line, app)
    } finally {
      await app.close()
      for (const one of undo) one()
    }
  },
}

async function untilEnded({ io }: Line, app: ServedApp): Promise<0 | 1> {
  const fault = await Promise.race([app.started, app.closed.then(() => null)])
  if (fault) {
    say(io, fault.message)
    return 1
  }
  await app.closed
  return 0
}
