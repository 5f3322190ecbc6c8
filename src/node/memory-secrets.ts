import type { Ports } from '../backend'

/** Secrets that end with the program. */
export function memorySecrets(): Ports['secrets'] {
  const held = new Map<string, string>()
  return {
    place: () => Promise.resolve('memory'),
    get: (name) => Promise.resolve(held.get(name) ?? null),
    async set(name, value) {
      held.set(name, value)
    },
    async delete(name) {
      held.delete(name)
    },
  }
}
