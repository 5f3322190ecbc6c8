export { canonicalJson } from './canonical-json'
export { canonicalRow, eventObject } from './event-object'
export { inclusionProof, leafHash, rootFromProof, rootOf, TreeBuilder } from './tree'
export { TreeLevels } from './tree-levels'
