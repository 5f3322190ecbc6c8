import type { ProbedServer } from '../../contract'
import { STREAM_STATUSES, type StreamStatus } from '../../domain'
import { listAndOwner } from '../shared'

export type ProbedGroup = {
  list: string
  status: StreamStatus
  /** Machines whose list it is; empty for a list that stands for itself. */
  owners: string[]
  /** Told by number instead of by name. */
  isMany: boolean
}

/** Lists of more machines than this are counted. */
const MOST_NAMED = 3

/** Streams by list, then by status, in the order in which they came. */
export function probedGroups(streams: ProbedServer['streams']): ProbedGroup[] {
  const parts = streams.map(({ label, status }) => ({ status, ...(listAndOwner(label) ?? { list: label, owner: null }) }))
  const lists = [...new Set(parts.map(({ list }) => list))]
  return lists.flatMap((list) => {
    const own = parts.filter((part) => part.list === list)
    const isMany = own.length > MOST_NAMED
    return STREAM_STATUSES.flatMap((status): ProbedGroup[] => {
      const owners = own.filter((part) => part.status === status).map(({ owner }) => owner)
      if (owners.length === 0) return []
      const named = owners.filter((owner) => owner !== null)
      if (isMany && named.length > 0) return [{ list, status, owners: named, isMany }]
      return owners.map((owner) => ({ list, status, owners: owner === null ? [] : [owner], isMany: false }))
    })
  })
}
