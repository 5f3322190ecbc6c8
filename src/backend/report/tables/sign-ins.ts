import type { FirstSeenSource } from '../../../contract'
import { time, type TableShape } from './table-shape'

export const FIRST_SEEN: TableShape<FirstSeenSource> = {
  table: 'signin.firstSeen',
  name: 'first-seen-sources',
  columns: [
    ['time', (row) => time(row.time)],
    ['user', ({ user }) => user],
    ['ip', ({ address }) => address],
    ['network', ({ block }) => block],
    ['machine', ({ machine }) => machine],
    ['sign_ins_before', ({ earlier }) => earlier],
    ['held_since', ({ since }) => time(since)],
    ['key', ({ key }) => key],
  ],
  fields: { key: 'key', user: 'user', address: 'ip', block: 'ip', machine: 'machine' },
  ask: {},
}
