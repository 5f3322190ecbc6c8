import { parseArgs } from 'node:util'
import { workspaceFolder } from '../node'
import { type ServeOptions, type ServedApp, serveApp } from './index'

const USAGE = 'usage: serve.js [--workspace DIR] [--port N] [--no-open] [--stay]'

/** Options that belong to another host are left to it; a word that belongs to nobody is said. */
function optionsOf(args: string[]): ServeOptions {
  const { values, tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: {
      workspace: { type: 'string' },
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
      stay: { type: 'boolean' },
    },
  })
  const known = ['workspace', 'port', 'no-open', 'stay', 'unencrypted', 'user-data-dir']
  for (const token of tokens) {
    if (token.kind === 'option' && !known.includes(token.name)) say(`ignored: ${token.rawName}`)
  }
  const port = Number(values['port'] ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new RangeError(`no port: ${String(values['port'])}`)
  const workspace = values['workspace']
  return {
    workspace: typeof workspace === 'string' ? workspace : workspaceFolder(process.env, process.platform),
    port,
    open: values['no-open'] !== true,
    ...(values['stay'] === true ? { idle: null } : {}),
  }
}

async function run(): Promise<void> {
  const options = optionsOf(process.argv.slice(2))
  const app = await serveApp(options)
  if (app.unopened) {
    say(`No window was opened: ${app.unopened}.`)
    say('Open the address in a browser of your own; its extensions can read the page.')
  }
  process.stdout.write(`Recount runs at ${app.url}\n`)
  offerNewAddresses(app)
  let asked = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Wrappers such as timeout(1) deliver one signal twice; only a later one means "now".
      if (asked > 0 && performance.now() - asked > 500) process.exit(130)
      if (asked === 0) void app.close()
      asked ||= performance.now()
    })
  }
  await app.closed
  process.exit(0)
}

/** An address works once and for a minute only: Enter gives another. */
function offerNewAddresses(app: ServedApp): void {
  if (!process.stdin.isTTY) return
  say('It works once, within a minute. Enter gives another; Ctrl C ends.')
  process.stdin.on('data', () => process.stdout.write(`Recount runs at ${app.newUrl()}\n`))
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  if (error instanceof RangeError) say(USAGE)
  process.exit(error instanceof RangeError ? 2 : 1)
})
