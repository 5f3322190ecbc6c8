import type { ReadableStore } from '../store'

/** Names of the accounts that connections are signed in with, and those a person calls theirs; by lower case. */
export function ownNames(store: ReadableStore): Map<string, string> {
  const accounts = store.connections().flatMap(({ server }) => (server ? [server.account.name, server.account.email] : []))
  const names = [...accounts, ...saidNames(store)].flatMap((name) => (name === undefined || name === '' ? [] : [name]))
  return new Map(names.map((name) => [name.toLowerCase(), name]))
}

/** The names that a person calls theirs. */
export function saidNames(store: ReadableStore): string[] {
  const names = (store.settings()['me'] ?? '').split(',').map((name) => name.trim())
  return names.filter((name) => name !== '')
}
