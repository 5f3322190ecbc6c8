import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MADE = [
  'main/index.js',
  'main/serve.js',
  'main/backend.js',
  'main/cli.js',
  'preload/index.cjs',
  'renderer/index.html',
]
const MADE_FROM = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

/** Whether `out/` is missing, incomplete or older than what it is made from. */
export function isStale(root) {
  const oldest = Math.min(...MADE.map((path) => timeOf(join(root, 'out', path)) ?? 0))
  return oldest === 0 || MADE_FROM.some((path) => newestUnder(join(root, path)) > oldest)
}

/** Folders count too: their time changes when something in them is removed. */
function newestUnder(path) {
  const own = timeOf(path)
  if (own === null) return 0
  const below = readdirIf(path).map((entry) => {
    const inner = join(path, entry.name)
    return entry.isDirectory() ? newestUnder(inner) : (timeOf(inner) ?? 0)
  })
  return Math.max(own, ...below)
}

function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}

function readdirIf(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}
