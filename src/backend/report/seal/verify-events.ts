import { leafHash, TreeLevels } from '../../evidence'
import type { BundleFiles } from './bundle-files'
import { bundleLines } from './bundle-lines'
import { rowFacts } from './event-lines'
import type { Findings } from './findings'
import type { SealRoot } from './seal-root'

const EVENTS = 'data/events.jsonl'
const LEAVES = 'data/leaves.txt'

/** The records of a bundle as they are found: hex leaf of each line in order, and their tree. */
export type FoundEvents = { leaves: string[]; tree: TreeLevels; isAsSealed: boolean }

/** Compares the records with the root that is signed; where they differ, names the lines. */
export async function checkEvents(files: BundleFiles, root: SealRoot | null, findings: Findings): Promise<FoundEvents> {
  const hashes: Buffer[] = []
  let isWhole = true
  for await (const line of bundleLines(files, EVENTS)) {
    hashes.push(leafHash(line.bytes))
    isWhole &&= line.isWhole
  }
  const tree = new TreeLevels(Buffer.concat(hashes))
  const leaves = hashes.map((hash) => hash.toString('hex'))
  const isAsSealed = isWhole && tree.root().toString('hex') === root?.events.root && tree.size === root.events.size
  if (!isWhole) findings.add({ file: EVENTS, problem: 'changed', words: `The last line of ${EVENTS} has no end.` })
  if (!isAsSealed && files.sizes.has(EVENTS)) await tellLines(files, leaves, findings)
  if (!isAsSealed && root) findings.add({ file: EVENTS, problem: 'changed', expected: root.events.root, found: tree.root().toString('hex'), words: `The records do not lead to the root that was sealed.` })
  return { leaves, tree, isAsSealed }
}

type Sealed = { leaf: string; key: string }

async function tellLines(files: BundleFiles, found: string[], findings: Findings): Promise<void> {
  const sealed: Sealed[] = []
  for await (const { bytes } of bundleLines(files, LEAVES)) sealed.push(sealedLine(bytes.toString('utf8')))
  if (sealed.length === 0) return
  const { edited, added, removed, moved } = differences(sealed.map(({ leaf }) => leaf), found)
  const keys = await keysOf(files, new Set([...edited, ...added, ...moved]))
  const tell = (line: number, words: string, facts: { problem: 'changed' | 'added' | 'removed' | 'moved'; was?: Sealed }) => {
    const key = facts.was?.key ?? keys.get(line) ?? '?'
    findings.add({ file: EVENTS, problem: facts.problem, expected: facts.was?.leaf ?? null, found: facts.problem === 'removed' ? null : (found[line] ?? null), words: `Line ${line + 1} of ${EVENTS}, record ${key}: ${words}` })
  }
  for (const line of edited) tell(line, 'edited.', { problem: 'changed', ...was(sealed[line]) })
  for (const line of removed) tell(line, 'removed.', { problem: 'removed', ...was(sealed[line]) })
  for (const line of added) tell(line, 'added; it was not there when the bundle was sealed.', { problem: 'added' })
  for (const line of moved) tell(line, 'in another place than it was.', { problem: 'moved' })
}

function was(line: Sealed | undefined): { was?: Sealed } {
  return line ? { was: line } : {}
}

function sealedLine(text: string): Sealed {
  return { leaf: text.slice(0, 64), key: text.slice(65).replaceAll(/^"|"$/g, '') }
}

/** Line numbers from 0: `edited`, `added` and `moved` as they are found, `removed` as they were sealed. */
export function differences(sealed: readonly string[], found: readonly string[]): Record<'edited' | 'added' | 'removed' | 'moved', number[]> {
  const held = counted(found)
  const wanted = counted(sealed)
  const gone = sealed.flatMap((leaf, at) => (take(held, leaf) ? [] : [at]))
  const strange = found.flatMap((leaf, at) => (take(wanted, leaf) ? [] : [at]))
  // A line that is gone and a strange one in its place are one line that was edited: of both, the first are paired off.
  const edited: number[] = []
  const removed: number[] = []
  const left = new Set(strange)
  let shift = 0
  for (const at of gone) {
    const place = at - shift
    if (left.delete(place)) edited.push(place)
    else {
      removed.push(at)
      shift++
    }
  }
  const added = [...left]
  return { edited, added, removed, moved: movedLines(sealed, found, { gone: new Set(gone), strange: new Set(strange) }) }
}

/** Of the lines that are in both, those that stand in another order. */
function movedLines(sealed: readonly string[], found: readonly string[], { gone, strange }: { gone: Set<number>; strange: Set<number> }): number[] {
  const before = sealed.filter((_, at) => !gone.has(at))
  const now = found.map((leaf, line) => ({ leaf, line })).filter(({ line }) => !strange.has(line))
  return now.filter(({ leaf }, at) => leaf !== before[at]).map(({ line }) => line)
}

function counted(leaves: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const leaf of leaves) counts.set(leaf, (counts.get(leaf) ?? 0) + 1)
  return counts
}

function take(counts: Map<string, number>, leaf: string): boolean {
  const count = counts.get(leaf) ?? 0
  counts.set(leaf, count - 1)
  return count > 0
}

async function keysOf(files: BundleFiles, lines: Set<number>): Promise<Map<number, string>> {
  const keys = new Map<number, string>()
  let at = 0
  for await (const { bytes } of bundleLines(files, EVENTS)) {
    if (lines.has(at)) keys.set(at, rowFacts(bytes.toString('utf8'))?.key ?? '?')
    at++
  }
  return keys
}
