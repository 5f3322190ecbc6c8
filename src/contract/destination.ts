import type { Destination } from '../domain'

export type DestinationMethods = {
  /** Stores that the command line exports to. */
  'destination.list': Destination[]
  /** Forgets one; what lies there stays. Throws `not-found`. */
  'destination.remove': Record<string, never>
}
