import type { FindingRow } from '../../../contract'
import { time, yes, type TableShape } from './table-shape'

export const FINDINGS: TableShape<FindingRow> = {
  table: 'detection.findings',
  name: 'findings',
  columns: [
    ['level', ({ level }) => level],
    ['rule', ({ rule }) => rule],
    ['title', ({ title }) => title],
    ['who', ({ who }) => who],
    ['start', ({ start }) => time(start)],
    ['crossed', ({ crossed }) => time(crossed)],
    ['end', ({ end }) => time(end)],
    ['peak', ({ peak }) => peak],
    ['events', ({ events }) => events],
    ['why', ({ why }) => why],
    ['may_begin_earlier', ({ mayBeginEarlier }) => yes(mayBeginEarlier)],
    ['suppressed', ({ suppressed }) => suppressed?.reason],
    ['key', ({ key }) => key],
    ['id', ({ id }) => id],
  ],
  fields: { id: 'key', rule: 'plain', title: 'plain', level: 'plain', key: 'key', who: 'who', 'suppressed.key': 'key' },
  ask: { 'levels.*': 'plain', rule: 'plain' },
}
