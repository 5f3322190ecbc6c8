import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { connectServer } from '../backend/sync'
import { BackendFault } from '../contract'
import type { Command, ExitCode, Line } from './command'
import { connectStore, STORE } from './connect-store'
import { print, type Io } from './io'
import { askCode, askTenant, type Tenant } from './questions'
import { withServers } from './servers'
import { UsageError } from './usage-error'
import { textOf, type Values } from './words'

export const connect: Command = {
  usage: 'KIND URL (--token-env VAR | --user NAME --password-env VAR) [--name N] [--region R] [--ca FILE] [--proxy URL]',
  help: [
    'Signs in to a server, looks at what it offers and keeps it as a connection; `sync` then reads it. Prints',
    '{connection, kind, role, dialect, streams:[{stream, status}]}. A one-time code or a choice of tenant is asked for',
    'on standard error and read from standard input, a line each. http: is refused except to this machine.',
    '  --token-env VAR      variable that holds the token; its name is kept, its value never',
    '  --user NAME          e-mail address to sign in with',
    '  --password-env VAR   variable that holds the password; its name is kept, its value never',
    '  --name N             name of the connection; made from the address otherwise',
    '  --ca FILE            PEM of authorities to trust beside those of the system',
    '  --proxy URL          HTTP proxy to go through',
    'Kinds: webxterm.',
    'connect s3 https://HOST/BUCKET[/PREFIX] --user ACCESS_KEY_ID --password-env VAR [--region R] keeps a destination of exports',
    'instead, which nothing is read from: `query --out s3:NAME`. Prints {connection, kind, url, region, user, mayList}.',
  ],
  options: {
    'token-env': { type: 'string' },
    user: { type: 'string' },
    'password-env': { type: 'string' },
    name: { type: 'string' },
    region: { type: 'string' },
    ca: { type: 'string' },
    proxy: { type: 'string' },
  },
  words: { least: 2, most: 2 },
  run(line) {
    if (line.words[0] === STORE) return connectStore(line, signInOf(line.io, line.values), reachOf(line))
    if (line.values['region'] !== undefined) throw new UsageError('--region is for connect s3.')
    const ask = { ...signInOf(line.io, line.values), ...reachOf(line) }
    return withServers(line, async (context): Promise<ExitCode> => {
      const { io } = line
      const stopped = interruption(io)
      try {
        const questions = { onCode: () => askCode(io), onTenant: (tenants: Tenant[]) => askTenant(io, tenants) }
        const connected = connectServer(context, { ...ask, ...questions })
        const { connection, streams } = await Promise.race([connected, stopped.rejects])
        await print(io, {
          connection: connection.name,
          kind: connection.kind,
          role: connection.server?.account.role ?? null,
          dialect: connection.server?.dialect ?? null,
          streams: streams.map(({ stream, status }) => ({ stream, status })),
        })
        return 0
      } finally {
        stopped.undo()
      }
    })
  },
}

export type SignIn = { tokenEnv: string } | { user: string; passwordEnv: string }

function signInOf(io: Io, values: Values): SignIn {
  const tokenEnv = textOf(values, 'token-env')
  const user = textOf(values, 'user')
  const passwordEnv = textOf(values, 'password-env')
  if (tokenEnv !== undefined) {
    if (user !== undefined) throw new UsageError('--token-env and --user do not go together.')
    if (passwordEnv !== undefined) throw new UsageError('--token-env and --password-env do not go together.')
    checkVariable(io, 'token-env', tokenEnv)
    return { tokenEnv }
  }
  if (user === undefined || passwordEnv === undefined) {
    throw new UsageError('connect needs --token-env VAR, or --user NAME and --password-env VAR.')
  }
  checkVariable(io, 'password-env', passwordEnv)
  return { user, passwordEnv }
}

/** What was typed is never repeated: it may be the secret itself. */
function checkVariable({ env }: Io, option: string, name: string): void {
  if (env[name]) return
  throw new UsageError(`--${option} takes the name of a variable with the value; there is no such variable, or it is empty.`)
}

export type Reach = { kind: string; url: string; name?: string; caFile?: string; proxy?: string }

function reachOf({ io, values, words: [kind = '', url = ''] }: Line): Reach {
  const name = textOf(values, 'name')
  if (name !== undefined && name.length > LONGEST) throw new UsageError(`--name takes at most ${LONGEST} characters.`)
  const ca = textOf(values, 'ca')
  const proxy = textOf(values, 'proxy')
  return {
    kind,
    url,
    ...(name === undefined ? {} : { name }),
    ...(ca === undefined ? {} : { caFile: readableFile(io, ca) }),
    ...(proxy === undefined ? {} : { proxy }),
  }
}

/** Longest name of a connection. */
const LONGEST = 200

function readableFile({ cwd }: Io, file: string): string {
  const path = resolve(cwd, file)
  try {
    accessSync(path, constants.R_OK)
    return path
  } catch {
    throw new UsageError(`The file ${file} that --ca names cannot be read.`)
  }
}

/** Rejects when a person does not want to wait any longer; the answer that comes later is not kept. */
function interruption(io: Io): { rejects: Promise<never>; undo: () => void } {
  let undo = () => {}
  const rejects = new Promise<never>((_resolve, reject) => {
    const fault = new BackendFault({ code: 'cancelled', message: 'Cancelled; nothing was connected.' })
    undo = io.onInterrupt(() => reject(fault))
  })
  return { rejects, undo }
}
