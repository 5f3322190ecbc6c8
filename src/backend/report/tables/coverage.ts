import type { CoverageRange } from '../../../domain'
import { time, type TableShape } from './table-shape'

export const COVERAGE: TableShape<CoverageRange> = {
  table: 'coverage.ranges',
  name: 'coverage',
  columns: [
    ['connection', ({ connection }) => connection],
    ['list', ({ stream }) => stream],
    ['from', ({ from }) => time(from)],
    ['to', ({ to }) => time(to)],
    ['state', ({ state }) => state],
    ['held', ({ held }) => held],
    ['server_total', ({ serverTotal }) => serverTotal],
    ['note', ({ note }) => note],
  ],
  fields: { connection: 'tenant', state: 'plain' },
  ask: {},
}
