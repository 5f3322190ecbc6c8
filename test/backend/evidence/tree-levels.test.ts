import { describe, expect, it } from 'vitest'
import { inclusionProof, leafHash, rootOf, TreeLevels } from '../../../src/backend/evidence'

describe('the levels of a tree', () => {
  it.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 100])('of %i leaves lead to the same root by the same proofs', (count) => {
    const leaves = Array.from({ length: count }, (_, at) => leafHash(`row ${at}`))
    const tree = new TreeLevels(Buffer.concat(leaves))
    expect(tree.size).toBe(count)
    expect(tree.root()).toEqual(rootOf(leaves))
    for (const at of leaves.keys()) expect(tree.proof(at)).toEqual(inclusionProof(leaves, at).map((hash) => hash.toString('hex')))
  })
})
