import type { Ask } from '../contract'
import type { ServerFacts } from '../domain'
import { on, writerOf, type Context, type Handlers, type Writer } from './handler'
import { connectionOf, doorTo, serverOf } from './sync'

/** The sample workspace: what the embedded server is started with the first time. */
const SAMPLE = { seed: 1, events: 200_000, name: 'sample' }

export function serverHandlers(context: Context) {
  return { ...signInHandlers(context), ...keepingHandlers(context), ...syncHandlers(context) }
}

function signInHandlers(context: Context) {
  const signIns = () => writerOf(context).signIns
  // Who asks twice is given the one sample workspace.
  let connecting: Promise<string> | null = null
  const connectOnce = (writer: Writer) => (connecting ??= connectSample(context, writer).finally(() => (connecting = null)))
  return {
    'server.signIn': on([], ({ user, password, ...address }: Ask<'server.signIn'>) => signIns().signIn(address, { user, password })),
    'server.verifyCode': on([], ({ ticket, code }: Ask<'server.verifyCode'>) => signIns().verifyCode(ticket, code)),
    'server.chooseTenant': on([], ({ ticket, tenant }: Ask<'server.chooseTenant'>) => signIns().chooseTenant(ticket, tenant)),
    'server.useToken': on([], ({ token, ...address }: Ask<'server.useToken'>) => signIns().useToken(address, token)),
    'server.connect': on([], ({ ticket, ...named }: Ask<'server.connect'>) => signIns().connect(ticket, named)),
    'server.signInAgain': on([], ({ ticket, name }: Ask<'server.signInAgain'>) => signIns().signInAgain(ticket, name)),
    'sample.open': on([], async () => {
      const writer = writerOf(context)
      const held = writer.store.connections().find(({ server, state }) => server?.sample && state !== 'removed')
      const connection = held?.name ?? (await connectOnce(writer))
      writer.syncs.start({ connection })
      return { connection }
    }),
  } satisfies Partial<Handlers>
}

async function connectSample({ ports, store }: Context, { signIns }: Writer): Promise<string> {
  const { name: wished, ...values } = SAMPLE
  const sample = { ...values, origin: ports.clock.now() }
  const { url, token } = await ports.sample.start(sample)
  const step = await signIns.useToken({ kind: 'webxterm', url }, token)
  const isTaken = store.connections().some(({ name }) => name === wished)
  const { name } = await signIns.connect(step.ticket, { ...(isTaken ? {} : { name: wished }), sample })
  return name
}

function keepingHandlers(context: Context) {
  return {
    'server.edit': on([], async ({ name, rename, ...changes }: Ask<'server.edit'>) => {
      const { store, syncs } = writerOf(context)
      const before = serverOf(writerOf(context), name)
      await doorTo({ ...context, store }, { kind: before.kind, ...edit(before.server, changes) })
      await syncs.cancel(name)
      // A sync writes to them too, as where a token was exchanged.
      const { kind, server } = serverOf(writerOf(context), name)
      const edited = edit(server, changes)
      const isElsewhere = new URL(edited.url).origin !== new URL(server.url).origin
      const now = await renamed(context, name, rename)
      // Credentials never go to another origin.
      if (isElsewhere) await context.ports.secrets.delete(now)
      store.note({ connection: now, kind, server: isElsewhere ? withoutVariables(edited) : edited })
      return connectionOf({ ...context, store }, now)
    }),
    'server.pause': on([], async ({ name, paused }: Ask<'server.pause'>) => {
      const { store, syncs } = writerOf(context)
      serverOf(writerOf(context), name)
      if (paused) await syncs.cancel(name)
      const { kind, server } = serverOf(writerOf(context), name)
      store.note({ connection: name, kind, server: { ...server, paused } })
      return connectionOf({ ...context, store }, name)
    }),
    'connection.remove': on([], async ({ name, wipe }: Ask<'connection.remove'>) => {
      const { store, syncs } = writerOf(context)
      await syncs.cancel(name)
      await context.ports.secrets.delete(name)
      // Nothing can begin between this and the removal.
      await syncs.forget(name)
      return store.remove(name, wipe)
    }),
  } satisfies Partial<Handlers>
}

function edit(server: ServerFacts, { url, caFile, proxy }: Omit<Ask<'server.edit'>, 'name' | 'rename'>): ServerFacts {
  const { caFile: caBefore, proxy: proxyBefore, ...rest } = server
  const ca = caFile === undefined ? caBefore : caFile
  const way = proxy === undefined ? proxyBefore : proxy
  return { ...rest, url: url ?? server.url, ...(ca ? { caFile: ca } : {}), ...(way ? { proxy: way } : {}) }
}

function withoutVariables({ signIn, ...server }: ServerFacts): ServerFacts {
  const { tokenEnv: _, passwordEnv: __, ...rest } = signIn
  return { ...server, signIn: rest }
}

/** The name from now on. Throws `name-taken`, and nothing has changed. */
async function renamed(context: Context, name: string, wished: string | undefined): Promise<string> {
  if (wished === undefined || wished === name) return name
  const { store, syncs } = writerOf(context)
  store.renameConnection(name, wished)
  const { secrets } = context.ports
  const token = await secrets.get(name)
  if (token !== null) await secrets.set(wished, token)
  await secrets.delete(name)
  await syncs.forget(name)
  return wished
}

function syncHandlers(context: Context) {
  return {
    'sync.start': on([], (ask: Ask<'sync.start'>) => ({ started: writerOf(context).syncs.start(ask) })),
    'sync.cancel': on([], async ({ connection }: Ask<'sync.cancel'>) => {
      await writerOf(context).syncs.cancel(connection)
      return {}
    }),
    'sync.jobs': on(['sync'], () => context.writer?.syncs.list() ?? []),
  } satisfies Partial<Handlers>
}
