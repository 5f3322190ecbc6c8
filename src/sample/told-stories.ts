import type { RequestBook } from './approvals/book'
import { requestId } from './approvals/request'
import { LOG, SESSION } from './data/facts'
import type { World } from './data/world'
import { recordOf } from './render/record'
import { sessionId } from './render/session'

/** A planted story and where to find it. */
export type SampleStory = {
  name: string
  title: string
  description: string
  /** Name of the story that this harmless one resembles. */
  looksLike?: string
  /** UTC milliseconds; all its records lie from `from` up to before `to`. */
  from: number
  to: number
  actors: readonly string[]
  /** Ids of its records in the audit, in sessions and in logs. */
  ids: { audit: string[]; sessions: string[]; logs: string[] }
}

export function toldStories(world: World, now: number): SampleStory[] {
  const plain = { changed: () => false, huge: () => false }
  return world.stories.map(({ story, from, to, facts }) => {
    const { name, title, description, looksLike, actors } = story
    const ids: SampleStory['ids'] = { audit: [], sessions: [], logs: [] }
    for (const number of facts) {
      const kind = world.facts.kind[number]
      const list = kind === LOG ? ids.logs : kind === SESSION ? ids.sessions : ids.audit
      list.push(recordOf({ world, looks: plain, now }, number).id)
    }
    return { name, title, description, ...(looksLike !== undefined && { looksLike }), from, to, actors, ids }
  })
}

/** A story planted among the requests for access. */
export type SampleRequestStory = Pick<SampleStory, 'name' | 'title' | 'description' | 'looksLike'> & {
  /** User names of who asked and of who decided. */
  requesters: string[]
  approvers: string[]
  ids: { approvals: string[]; sessions: string[] }
}

export function toldRequests(world: World, book: RequestBook): SampleRequestStory[] {
  const names = (people: number[]) => [...new Set(people)].flatMap((person) => world.organisation.people[person]?.username ?? [])
  return book.planted().map(({ story, requests, sessions }) => {
    const { name, title, description, looksLike } = story
    return {
      name,
      title,
      description,
      ...(looksLike !== undefined && { looksLike }),
      requesters: names(requests.map(({ requester }) => requester)),
      approvers: names(requests.flatMap(({ decided }) => decided?.by ?? [])),
      ids: { approvals: requests.map((request) => requestId(world.plan, request)), sessions: sessions.map((place) => sessionId(world, place)) },
    }
  })
}
