import type { Answer, Ask, Backend, MethodName, TableName, TimelineRow, View } from '../../../src/contract'

export const VIEW: View = { query: '', range: null, order: 'desc' }

/** A timeline of numbered events, the latest first; `add` puts newer ones at the top. */
export function fakeRows(
  total: number,
): Pick<Backend, 'call'> & { add(count: number): void; arriving(count: number): void; asked: string[]; tables: TableName[] } {
  let newest = total
  let arriving = 0
  let revision = 1
  const asked: string[] = []
  const tables: TableName[] = ['event']
  const placeOf = (key: string) => {
    const id = Number(key.slice(1))
    return id < newest ? newest - 1 - id : null
  }
  const answer = (method: MethodName, ask: Record<string, unknown>): unknown => {
    switch (method) {
      case 'timeline.rows': {
        const around = ask['around'] as { key: string; align: number; reach: number } | undefined
        const row = around ? placeOf(around.key) : null
        const at = around && row !== null ? Math.floor(Math.max(0, row - around.reach) / around.align) * around.align : Number(ask['at'])
        const count = Math.max(0, Math.min(Number(ask['count']), newest - at))
        return { rows: Array.from({ length: count }, (_, i) => rowOf(newest - 1 - at - i)), at, total: newest, row }
      }
      case 'timeline.locate': {
        return { row: placeOf(String(ask['key'])) }
      }
      case 'timeline.nextMark':
      case 'timeline.nextFailure': {
        const row = Number(ask['row']) + (ask['direction'] === 'forward' ? 10 : -10)
        return { row: row >= 0 && row < newest ? row : null }
      }
      default:
        throw new Error(method)
    }
  }
  return {
    asked,
    /** What the answers are read from. */
    tables,
    add(count) {
      newest += count
      revision++
    },
    /** From now on so many rows arrive after each answer. */
    arriving(count) {
      arriving = count
    },
    async call<M extends MethodName>(method: M, ask: Ask<M>) {
      asked.push(`${method} ${JSON.stringify(ask)}`)
      const value = answer(method, ask)
      const now = revision
      newest += arriving
      await new Promise((resolve) => setTimeout(resolve, 1))
      return { value, tables: [...tables], revision: now } as Answer<M>
    },
  }
}

function rowOf(id: number): TimelineRow {
  return {
    key: `k${id}`,
    time: id * 1000,
    timePrecision: 's',
    category: 'authentication',
    outcome: 'success',
    severity: 'info',
    action: 'login',
    user: null,
    place: null,
    ip: null,
    lead: `event ${id}`,
    detail: '',
    repeat: 1,
    companion: false,
    connection: 'c',
  }
}
