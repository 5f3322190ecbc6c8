import { LOG, SESSION } from './data/facts'
import type { World } from './data/world'
import { recordOf } from './render/record'

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
