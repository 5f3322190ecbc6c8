/** What people wrote about events, by the events' keys. Told by those who keep it: the store holds nothing of it. */
export interface KeySets {
  /** Another number with every change of any of the sets. */
  revision(): number
  /** Of events with a star, a tag or a comment. */
  marked(): Iterable<string>
  /** Of events that a notebook cites. */
  cited(): Iterable<string>
  commented(): Iterable<string>
  /** Quick tags and free ones. */
  tags(): Iterable<readonly [tag: string, keys: Iterable<string>]>
}

/** Where nobody writes anything. */
export const NO_KEYS: KeySets = {
  revision: () => 0,
  marked: () => [],
  cited: () => [],
  commented: () => [],
  tags: () => [],
}
