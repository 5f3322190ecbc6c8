import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe } from 'vitest'

const root = resolve(process.env['RECOUNT_DATA'] ?? '../shared')
const required = (process.env['RECOUNT_REQUIRE'] ?? '').split(',').includes('data')

/** Path of a file of the real data sets, which live outside the project. */
export function dataPath(relative: string): string {
  return resolve(root, relative)
}

/** Why the real data cannot be used, or null when it can. */
const missing = existsSync(resolve(root, 'data')) ? null : `real data not found at ${root} (set RECOUNT_DATA)`

/** `describe` for suites that need the real data: skipped with a clear line where it is absent, failing where it is required. */
export const describeWithData: (name: string, suite: () => void) => void = describe.skipIf(missing !== null)

if (missing !== null) {
  if (required) throw new Error(missing)
  console.warn(`skipped: suites on real data: ${missing}`)
}
