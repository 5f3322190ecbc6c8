import type { RecordedCommand, SessionRow } from '../../../contract'
import { kindsUnder, type FieldKinds } from '../redact'
import { time, type TableShape } from './table-shape'

const RECORDING: FieldKinds = {
  id: 'key',
  connection: 'tenant',
  format: 'plain',
  sha256: 'key',
  'files.*.sha256': 'key',
  startPrecision: 'plain',
  command: 'command',
  session: 'session',
  user: 'user',
  machine: 'machine',
}

export const SESSIONS: TableShape<SessionRow> = {
  table: 'session.list',
  name: 'sessions',
  columns: [
    ['from', ({ from }) => time(from)],
    ['to', ({ to }) => time(to)],
    ['last_seen', ({ last }) => time(last)],
    ['state', ({ state }) => state],
    ['kind', ({ kind }) => kind],
    ['user', ({ user }) => user],
    ['machine', ({ machine }) => machine],
    ['client', ({ client }) => client],
    ['ip', ({ ip }) => ip],
    ['events', ({ events }) => events],
    ['commands', ({ commands }) => commands],
    ['failures', ({ failures }) => failures],
    ['sudo', ({ sudo }) => sudo],
    ['files', ({ files }) => files],
    ['approval', ({ approval }) => approval],
    ['recordings', ({ recordings }) => recordings.map(({ id }) => id).join('; ')],
    ['connection', ({ connection }) => connection],
    ['session', ({ session }) => session],
    ['id', ({ id }) => id],
  ],
  fields: {
    id: 'key',
    connection: 'tenant',
    session: 'session',
    kind: 'plain',
    user: 'user',
    machine: 'machine',
    client: 'client',
    ip: 'ip',
    state: 'plain',
    approval: 'session',
    'marks.*.kind': 'plain',
    ...kindsUnder('recordings.*', RECORDING),
  },
  ask: { user: 'user', machine: 'machine' },
}

export const COMMANDS: TableShape<RecordedCommand> = {
  table: 'recording.commands',
  name: 'commands',
  columns: [
    ['time', (row) => time(row.time)],
    ['seconds_in', ({ at }) => at],
    ['command', ({ command }) => command],
    ['outcome', ({ outcome }) => outcome],
    ['exit_code', ({ exitCode }) => exitCode],
    ['confidence', ({ confidence }) => confidence],
    ['match', ({ nth }) => nth],
    ['matches', ({ matches }) => matches],
    ['key', ({ key }) => key],
  ],
  fields: { command: 'command', key: 'key', confidence: 'plain', outcome: 'plain' },
  ask: { id: 'key' },
}
