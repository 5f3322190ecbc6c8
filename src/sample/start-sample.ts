import { openRequestBook } from './approvals/book'
import { ACCOUNTS, TOKEN_ACCOUNTS, type Account } from './accounts'
import { advance, openWorld } from './data/world'
import { mixFaults } from './faults'
import type { Desk } from './http/desk'
import { handle } from './http/handle'
import { recordsFor } from './http/lists'
import { serve } from './http/serve'
import { signInDesk } from './http/sign-in'
import { openStorage } from './http/storage'
import { tokenMint } from './http/tokens'
import { planOf, type Role, type SampleOptions, type SampleRecord } from './options'
import { toldRequests, toldStories, type SampleRequestStory, type SampleStory } from './told-stories'

/** One request as the server saw it. */
export type LoggedRequest = {
  method: string
  /** With its query. */
  path: string
  /** Whether it carried an Authorization header. */
  authorized: boolean
  /** Whether it went to the other origin, to which the fault `redirect` sends. */
  elsewhere: boolean
}

/** A sample server at work. */
export type RunningSample = {
  /** Without a slash at the end. */
  url: string
  /** Stable for a seed and a time of start. That of the company administrator is for its home tenant. */
  tokens: Record<Role, string>
  /** What a holder of a token finds in each list now, newest first; what stands there twice is twice here. */
  lists(token: string): SampleRecord[]
  /** All requests so far, also refused ones. */
  requests(): readonly LoggedRequest[]
  /** The planted stories with the ids of their records; none with fewer than 800 events. */
  stories(): SampleStory[]
  /** What was planted among the requests for access; none with fewer than 800 events. */
  requestStories(): SampleRequestStory[]
  close(): Promise<void>
}

/** Starts a sample server on 127.0.0.1; fails when the port is taken. */
export async function startSample(options: SampleOptions): Promise<RunningSample> {
  const plan = planOf(options)
  const begun = performance.now()
  const clock = () => Math.floor(plan.now + performance.now() - begun)
  const log: LoggedRequest[] = []
  let elsewherePort = 0
  const faults = mixFaults({ plan, elsewhere: () => `http://127.0.0.1:${elsewherePort}` })
  const world = openWorld(plan, faults)
  faults.open(world)
  const tokens = tokenMint(plan, world.organisation)
  const signIn = signInDesk(plan, world.organisation, tokens)
  const desk: Desk = { world, faults, tokens, signIn, storage: openStorage(world), requests: openRequestBook(world), clock, asked: 0 }
  const note = (elsewhere: boolean, { method, target, headers }: Parameters<typeof handle>[1]) => {
    log.push({ method, path: target, authorized: headers.authorization !== undefined, elsewhere })
  }
  const main = await serve({
    port: options.port ?? 0,
    clock,
    handle(incoming) {
      note(false, incoming)
      return handle(desk, incoming)
    },
  })
  const other = plan.faults.has('redirect') ? await serveElsewhere(clock, (incoming) => note(true, incoming)) : null
  elsewherePort = other?.port ?? 0
  return {
    url: `http://127.0.0.1:${main.port}`,
    tokens: readyTokens((account) => {
      return tokens.issue(account, account.tenants[0] as string, { now: plan.now, serial: 0, source: 'ui' })
    }),
    lists(token) {
      const now = clock()
      advance(world, now)
      const viewer = tokens.read(token, now)
      return viewer ? recordsFor(desk, viewer, now) : []
    },
    requests: () => log,
    stories: () => toldStories(world, clock()),
    requestStories: () => toldRequests(world, desk.requests),
    async close() {
      await Promise.all([main.close(), other?.close()])
    },
  }
}

function readyTokens(issue: (account: Account) => string): Record<Role, string> {
  const tokenOf = (role: Role) => issue(ACCOUNTS.find(({ username }) => username === TOKEN_ACCOUNTS[role]) as Account)
  return { super_admin: tokenOf('super_admin'), company_admin: tokenOf('company_admin'), user: tokenOf('user') }
}

/** Another origin: whatever a client takes from it is wrong. */
function serveElsewhere(clock: () => number, note: (incoming: Parameters<typeof handle>[1]) => void) {
  const body = '{"logs":[],"machines":[],"sessions":[],"total":0,"page":1,"limit":200}'
  return serve({
    port: 0,
    clock,
    handle(incoming) {
      note(incoming)
      return { delivery: { answer: { status: 200, body } }, afterwards: null }
    },
  })
}
