import type { RequestBook } from '../approvals/book'
import type { Faults } from '../faults'
import type { World } from '../data/world'
import type { Looks, Stage } from '../render/scene'
import type { SignIn } from './sign-in'
import type { Storage } from './storage'
import type { Tokens, Viewer } from './tokens'

/** The running server, without its sockets. */
export type Desk = {
  world: World
  faults: Faults
  tokens: Tokens
  signIn: SignIn
  storage: Storage
  requests: RequestBook
  /** Server clock, UTC milliseconds. */
  clock: () => number
  /** Authenticated GETs of the API so far. */
  asked: number
}

/** A GET of somebody who is known. */
export type Ask = {
  viewer: Viewer
  url: URL
  now: number
  /** Host and port by which the server was asked. */
  host: string
}

export function stageOf({ world, faults }: Desk, now: number): Stage {
  const looks: Looks = { changed: faults.changed, huge: faults.huge }
  return { world, looks, now }
}
