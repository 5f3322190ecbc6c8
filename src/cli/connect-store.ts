import { checkDestination, keepDestination, probeStore, regionOf } from '../backend/destination'
import type { Destination } from '../domain'
import type { ExitCode, Line } from './command'
import type { Reach, SignIn } from './connect'
import { withStore } from './export-store'
import { print, say } from './io'
import { withWriter } from './open-store'
import { recorded } from './record'
import { UsageError } from './usage-error'
import { textOf } from './words'

/** The kind of what exports go to. */
export const STORE = 's3'

/** Keeps a store as a destination of exports, once it takes the credentials. */
export function connectStore(line: Line, signIn: SignIn, { url, name, caFile, proxy }: Reach): Promise<ExitCode> {
  if (!('user' in signIn)) throw new UsageError('connect s3 needs --user ACCESS_KEY_ID and --password-env VAR, the variable with its secret.')
  const { user, passwordEnv } = signIn
  return withWriter(line, async (store): Promise<ExitCode> => {
    const typed = textOf(line.values, 'region')
    const place = { url: url.trim(), ...(caFile !== undefined && { caFile }), ...(proxy !== undefined && { proxy }) }
    const destination: Destination = { name: name ?? nameOf(url), kind: STORE, region: typed ?? '', user, passwordEnv, ...place }
    checkDestination(store, destination)
    const region = typed ?? regionOf(destination.url)
    const whole = { ...destination, region }
    const { mayList } = await withStore(line, whole, probeStore)
    if (!mayList) say(line.io, `${whole.name}: the access key may not list what is there. Exports need no more than to write; the first shows whether they may.`)
    keepDestination(store, whole)
    await recorded(line, store, [{ action: 'setting', object: `destination ${whole.name}`, detail: 'connected' }])
    await print(line.io, { connection: whole.name, kind: STORE, url: whole.url, region, user, mayList })
    return 0
  })
}

/** The bucket, where no name was given. */
function nameOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  return path.split('/')[1] || 'store'
}
