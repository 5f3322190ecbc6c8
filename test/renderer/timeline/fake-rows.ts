import type { Answer, Ask, Backend, MethodName, TimelineRow, View } from '../../../src/contract'

export const VIEW: View = { query: '', range: null, order: 'desc' }

/** A timeline of numbered events, the latest first; `add` puts newer ones at the top. */
export function fakeRows(total: number): Pick<Backend, 'call'> & { add(count: number): void; asked: string[] } {
  let newest = total
  let revision = 1
  const asked: string[] = []
  const answer = (method: MethodName, ask: Record<string, unknown>): unknown => {
    switch (method) {
      case 'timeline.rows': {
        const at = Number(ask['at'])
        const count = Math.max(0, Math.min(Number(ask['count']), newest - at))
        return { rows: Array.from({ length: count }, (_, row) => rowOf(newest - 1 - at - row)), at, total: newest }
      }
      case 'timeline.locate': {
        const id = Number(String(ask['key']).slice(1))
        return { row: id < newest ? newest - 1 - id : null }
      }
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
    add(count) {
      newest += count
      revision++
    },
    async call<M extends MethodName>(method: M, ask: Ask<M>) {
      asked.push(`${method} ${JSON.stringify(ask)}`)
      const value = answer(method, ask)
      const now = revision
      await new Promise((resolve) => setTimeout(resolve, 1))
      return { value, tables: ['event'], revision: now } as Answer<M>
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
