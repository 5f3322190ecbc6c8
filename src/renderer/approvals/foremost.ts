import type { ApproverFacts } from '../../contract'

/** As many approvers as have room: those that a pattern names, then those with most decisions; in the order they came. */
export function foremost<A extends Pick<ApproverFacts, 'level'>>(approvers: readonly A[], most: number): A[] {
  const named = approvers.filter(({ level }) => level !== null)
  const others = approvers.filter(({ level }) => level === null)
  const chosen = new Set([...named, ...others].slice(0, most))
  return approvers.filter((one) => chosen.has(one))
}
