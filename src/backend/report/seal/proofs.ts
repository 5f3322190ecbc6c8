import type { EventIndex } from './event-index'
import type { EvidencePlan } from './event-lines'

// Format of proofs.json: an object {"events": {size, root}, "frozen": [...], "citations": [...]}. A citation has the line of
// its row in events.jsonl, from 1, and the audit path of RFC 6962 from its leaf up to the root; a frozen cell the lines
// that it is the whole of and the root over them alone. One element a line.

export type CitationProof = { cell: string; key: string; leaf: string; line: number; proof: string[] }
export type FrozenProof = { cell: string; evidence: string; from: number; to: number; root: string }

export function* proofsJson(index: EventIndex, plan: EvidencePlan): Generator<string> {
  const tree = index.tree()
  yield `{"events":{"size":${index.size},"root":"${tree.root().toString('hex')}"},\n"frozen":[`
  yield* joined(frozenProofs(index, plan))
  yield '],\n"citations":['
  yield* joined(citationProofs(index, plan))
  yield ']}\n'
}

function* joined(values: Iterable<object>): Generator<string> {
  let lead = '\n'
  for (const value of values) {
    yield lead + JSON.stringify(value)
    lead = ',\n'
  }
  yield '\n'
}

function* frozenProofs(index: EventIndex, { frozen }: EvidencePlan): Generator<FrozenProof> {
  for (const { cell, frozen: held } of frozen) {
    const range = index.ranges.get(held.evidence) ?? { from: 0, to: 0 }
    yield { cell, evidence: held.evidence, from: range.from + 1, to: range.to, root: index.rootOf(range) }
  }
}

function* citationProofs(index: EventIndex, { citations }: EvidencePlan): Generator<CitationProof> {
  const tree = index.tree()
  for (const { cell, citation } of citations) {
    const line = index.lineOf(citation.leaf)
    if (line === null) continue
    yield { cell, key: citation.key, leaf: citation.leaf, line: line + 1, proof: tree.proof(line) }
  }
}
