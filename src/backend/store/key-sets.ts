/** What people wrote about events, by the events' keys. Told by those who keep it: the store holds nothing of it. */
export interface KeySets {
  /** Another number, and a greater one, with every change of any of the sets but that of cited events. */
  revision(): number
  /** Another number with every change of the set of cited events. */
  citedRevision(): number
  /** Keys that changed after that revision, and maybe others; null where it is not known any more. */
  changedSince(revision: number): readonly string[] | null
  /** Of events with a star, a tag or a comment. */
  marked(): ReadonlySet<string>
  /** Of events that a notebook cites. */
  cited(): ReadonlySet<string>
  commented(): ReadonlySet<string>
  /** Quick tags and free ones, each with the events that have it. */
  tags(): ReadonlyMap<string, ReadonlySet<string>>
}

const NOTHING: ReadonlySet<string> = new Set()

/** Where nobody writes anything. */
export const NO_KEYS: KeySets = {
  revision: () => 0,
  citedRevision: () => 0,
  changedSince: () => [],
  marked: () => NOTHING,
  cited: () => NOTHING,
  commented: () => NOTHING,
  tags: () => new Map(),
}
