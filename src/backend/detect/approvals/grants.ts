import type { Instant } from '../../../domain'
import type { Grant, Request, Visit } from './model'

/** Grants of one person for one machine at one time that a session is laid to. */
const MOST_STANDING = 20

export type Granted = Request & { grant: Grant }

export function isGranted(request: Request): request is Granted {
  return request.grant !== null
}

/** Grants by connection, person and machine, each list by its beginning. */
export class Grants {
  readonly #byHolder = new Map<string, Granted[]>()
  readonly #byPerson = new Map<string, Granted[]>()
  readonly #byId = new Map<string, Granted>()

  /** Of the person on the machine. */
  of({ connection, user, place }: Visit): readonly Granted[] {
    return this.#byHolder.get(holderOf(connection, user.key, place)) ?? []
  }

  /** Takes in what was granted; each once, and all before anything is asked. */
  *take(requests: readonly Request[]): Generator<void, void> {
    for (const [at, request] of requests.entries()) {
      if (at % 512 === 0) yield
      const { requester, connection, place, id } = request
      if (!isGranted(request) || !requester || place === null) continue
      push(this.#byHolder, holderOf(connection, requester.key, place), request)
      push(this.#byPerson, `${connection}\n${requester.key}`, request)
      this.#byId.set(`${connection}\n${id}`, request)
    }
    let sorted = 0
    for (const lists of [this.#byHolder, this.#byPerson]) {
      for (const list of lists.values()) {
        if (sorted++ % 512 === 0) yield
        list.sort((a, b) => a.grant.from - b.grant.from)
      }
    }
  }

  ofPerson({ connection, user }: Visit): readonly Granted[] {
    return this.#byPerson.get(`${connection}\n${user.key}`) ?? []
  }

  named({ connection, approval }: Visit): Granted | undefined {
    return approval === null ? undefined : this.#byId.get(`${connection}\n${approval}`)
  }
}

function holderOf(connection: string, person: string, place: string): string {
  return `${connection}\n${person}\n${place}`
}

function push<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list) list.push(one)
  else lists.set(key, [one])
}

/** Grants that stand at a moment, the latest first; of very many the latest. */
export function standingAt(grants: readonly Granted[], at: Instant): Granted[] {
  const standing: Granted[] = []
  for (let i = grants.length - 1; i >= 0 && standing.length < MOST_STANDING; i--) {
    const one = grants[i]
    if (one && one.grant.from <= at && at < one.grant.end) standing.push(one)
  }
  return standing
}

/** When leave that stands at a moment ends, taking in the grants that follow without a gap. */
export function coveredUntil(grants: readonly Granted[], at: Instant): Instant {
  let end = at
  for (const { grant } of grants) if (grant.from <= end && grant.end > end) end = grant.end
  return end
}
