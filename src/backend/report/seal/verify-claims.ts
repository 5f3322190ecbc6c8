import { TreeLevels } from '../../evidence'
import type { BundleFiles } from './bundle-files'
import { bundleBytes } from './bundle-lines'
import type { Findings } from './findings'
import type { FoundEvents } from './verify-events'

/** Larger files of claims or proofs than this do not fit into one text. */
const MOST = 500 * 1024 * 1024
const CASE = 'data/case.json'
const PROOFS = 'data/proofs.json'
/** Proofs between two turns of others. */
const STEP = 2000

type Fields = Map<string, unknown>

/** Whether every record that the notebook cites, and all that it froze, is proven to be in the bundle. Answers how many it cites. */
export async function checkClaims(files: BundleFiles, { leaves, tree }: FoundEvents, findings: Findings): Promise<number> {
  const cells = await cellsOf(files, findings)
  const proofs = await proofsOf(files, findings)
  if (cells === null || proofs === null) return 0
  const proven = new Set<string>()
  let at = 0
  for (const one of listOf(proofs.get('citations'))) {
    const [leaf, line, proof] = [textOf(one.get('leaf')), Number(one.get('line')), one.get('proof')]
    // The tree stands here whole: a proof is right where it is the way up in it.
    if (leaves[line - 1] === leaf && Array.isArray(proof) && proof.join() === tree.proof(line - 1).join()) proven.add(leaf)
    if (++at % STEP === 0) await new Promise(setImmediate)
  }
  let cited = 0
  for (const { id, content } of cells) {
    for (const citation of listOf(content.get('citations'))) {
      const [key, leaf] = [textOf(citation.get('key')), textOf(citation.get('leaf'))]
      cited++
      if (!proven.has(leaf)) findings.add({ file: PROOFS, problem: 'not-proven', expected: leaf, words: `The record ${key}, cited in cell ${id}, is not proven to be in the bundle.` })
    }
  }
  checkFrozen(cells, proofs, { leaves, findings })
  return cited
}

type Cell = { id: string; content: Fields }

function checkFrozen(cells: Cell[], proofs: Fields, { leaves, findings }: { leaves: string[]; findings: Findings }): void {
  const ranges = new Map(listOf(proofs.get('frozen')).map((one) => [textOf(one.get('cell')), one]))
  for (const { id, content } of cells) {
    const root = fieldsOf(content.get('frozen')).get('root')
    if (typeof root !== 'string') continue
    const [from, to] = ['from', 'to'].map((name) => Number(ranges.get(id)?.get(name) ?? 0))
    const rows = leaves.slice(Math.max(0, (from ?? 0) - 1), to)
    const found = new TreeLevels(Buffer.from(rows.join(''), 'hex')).root().toString('hex')
    if (found !== root) findings.add({ file: PROOFS, problem: 'not-proven', expected: root, found, words: `The rows that cell ${id} froze are not those in the bundle.` })
  }
}

async function cellsOf(files: BundleFiles, findings: Findings): Promise<Cell[] | null> {
  const found = await jsonOf(files, CASE, findings)
  if (found === null) return null
  const cells = listOf(fieldsOf(found.get('notebook')).get('cells'))
  return cells.map((cell) => ({ id: textOf(cell.get('id')), content: fieldsOf(cell.get('content')) }))
}

function proofsOf(files: BundleFiles, findings: Findings): Promise<Fields | null> {
  return jsonOf(files, PROOFS, findings)
}

async function jsonOf(files: BundleFiles, path: string, findings: Findings): Promise<Fields | null> {
  if (!files.sizes.has(path)) return null
  const bytes = await bundleBytes(files, path, MOST)
  try {
    if (bytes !== null) return fieldsOf(JSON.parse(bytes.toString('utf8')))
  } catch {
    // Told below.
  }
  findings.add({ file: path, problem: 'unreadable', words: `${path} cannot be read, so what it says could not be checked.` })
  return null
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : []
}

function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
