import { setImmediate as nextTurn } from 'node:timers/promises'
import { canonicalRow, leafHash, TreeBuilder } from '../../evidence'
import type { ReadableStore, StoreView } from '../../store'

/** Records hashed in one turn; each can be a megabyte. */
const PAGE = 50

/** Hex RFC 6962 root over the canonical rows of a view, in its order. Null where `isStale` said so on the way. */
export async function rootOfView(store: ReadableStore, view: StoreView, { isStale, onStep }: { isStale: () => boolean; onStep: (done: number, total: number) => void }): Promise<string | null> {
  const tree = new TreeBuilder()
  const total = store.length(view)
  for (let at = 0; at < total; at += PAGE) {
    for (const record of store.records(view, at, Math.min(PAGE, total - at))) tree.add(leafHash(canonicalRow(record)))
    onStep(Math.min(total, at + PAGE), total)
    await nextTurn()
    if (isStale()) return null
  }
  return tree.root().toString('hex')
}
