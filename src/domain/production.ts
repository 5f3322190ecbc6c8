import { wildcardTest } from './wildcard'

/** Names and globs that are read of a definition, and characters of one, and of a machine's name. */
const MOST = { patterns: 1000, pattern: 200, name: 1000 }

/** What counts as production where nobody said. */
const USUAL = /(^|[-_.])(prod|prd|live)\d*([-_.]|$)/i

/** The names and globs of a definition: one on a line, or with commas between. */
export function productionNames(list: string): string[] {
  const names = list.split(/[,\r\n]/).map((name) => name.trim().slice(0, MOST.pattern))
  return [...new Set(names.filter((name) => name !== ''))].slice(0, MOST.patterns)
}

/**
 * Tells whether the machine of a name belongs to production. `list` holds names, and globs with `*` and `?`, of whole names
 * in any case; an empty one stands for names with a part like `prod`, `prd` or `live`.
 */
export function productionTest(list: string): (machine: string) => boolean {
  const patterns = productionNames(list).map((name) => name.toLowerCase())
  if (patterns.length === 0) return (machine) => USUAL.test(machine.slice(0, MOST.name))
  const names = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)))
  const globs = patterns.filter((pattern) => !names.has(pattern)).map(wildcardTest)
  return (machine) => {
    const name = machine.slice(0, MOST.name).toLowerCase()
    return names.has(name) || globs.some((matches) => matches(name))
  }
}
