import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Tree } from './check'

/** Every file below a folder by its path with slashes, but for what describes the folder itself. */
export function readTree(folder: string): Tree {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const)
      .filter(([file]) => !/^(tsconfig\.\w+\.json|README\.md)$/.test(file)),
  )
}
