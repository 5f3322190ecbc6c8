import type { Instant } from '../domain'

/** What the backend needs from a machine. Hosts differ in these; file reading and writing is Node's own on every host. */
export interface Ports {
  clock: { now(): Instant }
  log: { info(message: string): void; error(message: string, error?: unknown): void }
}
