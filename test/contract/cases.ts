import { facetFields } from '../../src/contract/asks'
import type { Answer, Ask, Backend, ExportMask, Fault, MethodName } from '../../src/contract'
import { accessFilter, DAY_OF_LOG, found, report, view } from './asked'
import { NO_ASKS } from './bad-asks'

// What the contract answers over every wire, as data. They hold for a workspace into which `test/fixtures/auth/auth.log` was
// imported as `auth.log` with the year 2026, and nothing else. No test runner is imported here: end-to-end specs use them too.

export type Case = { name: string; run(backend: Backend): Promise<void> }

type Told = { [key: string]: unknown } | readonly unknown[] | string | number | boolean | null | undefined

/** Fails with what was found; an expectation answers what is wrong, or nothing. */
function answers<M extends MethodName>(name: string, method: M, asked: { ask: Ask<M>; expect: (answer: Answer<M>) => string | null }): Case {
  return {
    name: `${method}: ${name}`,
    async run(backend) {
      const answer = await backend.call(method, asked.ask)
      const wrong = asked.expect(answer) ?? (Number.isInteger(answer.revision) && Array.isArray(answer.tables) ? null : 'an answer names its tables and revision')
      if (wrong !== null) throw new Error(`${name}: ${wrong}`)
    },
  }
}

function refuses(name: string, asked: { method: string; ask: unknown }, code: Fault['code']): Case {
  return {
    name: `${asked.method}: ${name} is refused as ${code}`,
    async run(backend) {
      let answer: unknown
      try {
        answer = await backend.call(asked.method as MethodName, asked.ask as never)
      } catch (error) {
        const fault = error as Fault
        if (fault.code !== code || !fault.message) throw new Error(`${name}: ${fault.code} ${fault.message}`, { cause: error })
        return
      }
      throw new Error(`${name}: was answered with ${JSON.stringify(answer)}`)
    },
  }
}

/** Null when equal by value; else both. */
function same(found: Told, expected: Told): string | null {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)]
  return a === b ? null : `found ${a}, expected ${b}`
}

const at = (time: string) => Date.UTC(2026, 10, 20, ...(time.split(':').map(Number) as [number, number, number]))
const FAILED = 'action:login outcome:failure'

/** Every finding, once all that is held was looked at. */
async function allFound(backend: Backend, more: Partial<Ask<'detection.findings'>> = {}) {
  for (;;) {
    const { value } = await backend.call('detection.findings', found(more))
    if (value.run.state === 'done') return value
    if (value.run.state === 'failed') throw new Error('the rules could not be run')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export const ANSWERED: Case[] = [
  answers('says what is held', 'workspace.summary', { ask: {}, expect: ({ value, tables }) =>
    same([value.held, value.companions, value.connections.map(({ name, state }) => [name, state]), value.range?.from, value.readOnly, value.recovered, tables.includes('event')],
      [8, 2, [['auth.log', 'ready']], at('15:55:09'), null, [], true]) }),
  answers('lists connections with their files', 'connection.list', { ask: {}, expect: ({ value }) =>
    same(value.map(({ name, kind, origin, rows, companions, files }) => [name, kind, origin, rows, companions, files.length]), [['auth.log', 'sshd', 'files', 8, 2, 1]]) }),
  answers('counts rows and what they stand for', 'timeline.count', { ask: { view: view(FAILED) }, expect: ({ value }) =>
    same([value.rows, value.matching, value.held, value.hidden], [4, 7, 8, { byRange: 0, byQuery: 4, companions: 2 }]) }),
  answers('tells what the pin hides', 'timeline.count', { ask: { view: view('', { range: { from: at('15:56:00'), to: at('15:57:00') } }) }, expect: ({ value }) =>
    same([value.rows, value.hidden.byRange], [2, 6]) }),
  answers('gives rows in order', 'timeline.rows', { ask: { view: view(FAILED), at: 1, count: 2 }, expect: ({ value }) =>
    same([value.at, value.total, value.rows.map(({ user, repeat, ip, time }) => [user, repeat, ip, time])],
      [1, 4, [['root', 4, '192.0.2.10', at('15:55:10')], ['oracle', 1, '192.0.2.11', at('15:55:13')]]]) }),
  answers('gives the newest first', 'timeline.rows', { ask: { view: view(FAILED, { order: 'desc' }), at: 0, count: 1 }, expect: ({ value }) =>
    same(value.rows.map(({ user }) => user), ['=cmd|calc']) }),
  answers('gives none past the end', 'timeline.rows', { ask: { view: view(), at: 1000, count: 10 }, expect: ({ value }) => same([value.rows, value.total], [[], 8]) }),
  answers('finds the row of a time', 'timeline.locate', { ask: { view: view(FAILED), time: at('15:55:11') }, expect: ({ value }) => same(value.row, 2) }),
  answers('knows no row of a stranger', 'timeline.locate', { ask: { view: view(), key: 'sshd:nobody:auth:0' }, expect: ({ value }) => same(value.row, null) }),
  answers('goes to the next failure', 'timeline.nextFailure', { ask: { view: view(), row: 2, direction: 'forward' }, expect: ({ value }) => same(value.row, 6) }),
  answers('goes back from the first to none', 'timeline.nextFailure', { ask: { view: view(), row: 0, direction: 'back' }, expect: ({ value }) => same(value.row, null) }),
  answers('counts all that matches', 'timeline.histogram', { ask: { view: view(FAILED), buckets: 100 }, expect: ({ value }) =>
    same([value.failure.reduce((a, b) => a + b, 0), value.success.every((n) => n === 0), value.failure.length === value.unknown.length], [7, true, true]) }),
  answers('counts the values of every field', 'timeline.facets', { ask: { view: view(FAILED), fields: [...facetFields], limit: 2 }, expect: ({ value }) =>
    same([value.map(({ field }) => field), value.find(({ field }) => field === 'user')],
      [[...facetFields], { field: 'user', distinct: 3, values: [{ value: 'root', rows: 2, count: 5 }, { value: '=cmd|calc', rows: 1, count: 1 }] }]) }),
  answers('speaks of every stream', 'coverage.ranges', { ask: { range: null }, expect: ({ value }) =>
    same(value.map(({ stream, state, held }) => [stream, state, held]), [['auth · db-1', 'complete', 1], ['auth · web-1', 'complete', 9]]) }),
  answers('knows what is outside the file', 'coverage.ranges', { ask: { range: { from: 0, to: 10 } }, expect: ({ value }) =>
    same([...new Set(value.map(({ state }) => state))], ['unknown']) }),
  answers('offers values', 'query.suggest', { ask: { field: 'user', prefix: 'A', limit: 1 }, expect: ({ value }) => same(value.map((one) => one.value), ['ada']) }),
  answers('tells who reached what', 'access.list', { ask: { ...accessFilter(), at: 0, count: 10 }, expect: ({ value }) => same([value.total, value.rows.map(({ person, machine, accesses }) => [person, machine, accesses]), value.heldSince], [1, [['ada', 'web-1', 1]], at('15:55:09')]) }),
  answers('previews a report on who reached what', 'report.preview', { ask: report(), expect: ({ value }) => same([value.tables[0]?.total, value.tables[0]?.rows[0]?.slice(0, 2), value.head.root, value.head.hidden], [1, ['ada', 'web-1'], null, null]) }),
  answers('counts what is held on controls', 'control.sheets', { ask: { range: DAY_OF_LOG }, expect: ({ value }) => same(value.sheets.map(({ framework }) => framework), ['soc2', 'iso27001', 'pci-dss']) }),
  answers('tells each access of a pair', 'access.detail', { ask: { person: 'ADA', machine: 'web-1', range: null, at: 0, count: 10 }, expect: ({ value }) => same([value.total, value.entries.map(({ kind, grant }) => [kind, grant]), value.query], [1, [['sign-in', 'unknown']], 'user:ada machine:web-1']) }),
  answers('tells which machines are of production', 'production.preview', { ask: { production: 'web-*' }, expect: ({ value }) => same(value, { matching: 1, machines: 2, names: ['web-1'] }) }),
  answers('counts sign-ins by who and where', 'signin.summary', { ask: { range: null, zone: 'Europe/Berlin' }, expect: ({ value }) =>
    same([value.counts.failure, value.tallies.map(({ field, failing }) => [field, failing]), value.week.length, value.lists.map(({ report, streams }) => [report, streams])],
      [7, [['user', 3], ['ip', 3], ['method', 1], ['machine', 2]], 168, [['reported', ['auth · db-1', 'auth · web-1']]]]) }),
  answers('lists no source that is new to a user of whom little is held', 'signin.firstSeen', { ask: { range: null, early: false, at: 0, count: 10 }, expect: ({ value }) => same([value.total, value.rows], [0, []]) }),
  answers('lists no pattern where no request is held', 'approval.patterns', { ask: { range: null, zone: 'UTC', suppressed: true, at: 0, count: 10 }, expect: ({ value }) => same([value.total, value.rows], [0, []]) }),
  answers('has no destination of exports', 'destination.list', { ask: {}, expect: ({ value }) => same([...value], []) }),
  refuses('a destination that is not there', { method: 'destination.remove', ask: { name: 'constructor' } }, 'not-found'),
  answers('has no database of addresses', 'addressDatabase.get', { ask: {}, expect: ({ value }) => same(value, { database: null, problem: null }) }),
  answers('knows no place of an address without one', 'address.places', { ask: { addresses: ['192.0.2.1', 'x'] }, expect: ({ value }) => same([...value], [null, null]) }),
  answers('has the settings', 'settings.get', { ask: {}, expect: ({ value }) => same(value.appearance, 'system') }),
  answers('keeps what is set', 'settings.set', { ask: { zone: 'Europe/Berlin', syncMinutes: 15, me: ['ana', 'Ben O.'], production: 'mail-*\nx-1', notifyLevel: 'high' }, expect: ({ value }) => same({ ...value }, { appearance: 'system', zone: 'Europe/Berlin', syncMinutes: 15, me: ['ana', 'Ben O.'], production: 'mail-*\nx-1', notifyLevel: 'high', stampUrl: '', stampCaFile: '', stampProxy: '' }) }),
  answers('has no files of rules', 'rule.files', { ask: {}, expect: ({ value }) => same({ ...value, files: [...value.files] }, { files: [], least: 'medium', isReading: false }) }),
  answers('syncs nothing where there is no server', 'sync.start', { ask: {}, expect: ({ value }) => same(value.started, []) }),
  answers('has no syncs', 'sync.jobs', { ask: {}, expect: ({ value }) => same([...value], []) }),
  answers('has seen no drift in files', 'drift.count', { ask: {}, expect: ({ value }) => same(value.filter(({ changed, late, vanished }) => changed + late + vanished > 0), []) }),
  answers('has nothing of the last import that failed', 'import.jobs', { ask: {}, expect: ({ value }) => same(value.map(({ state, rejects }) => [state, rejects]), [['done', 1]]) }),
  {
    name: 'event.get: gives an event with the bytes it came as',
    async run(backend) {
      const { value: page } = await backend.call('timeline.rows', { view: view('user:"=cmd|calc"'), at: 0, count: 1 })
      const key = page.rows[0]?.key ?? ''
      const { value } = await backend.call('event.get', { key })
      const raw = 'Nov 20 15:59:00 db-1 sshd[104]: Failed password for =cmd|calc from 203.0.113.5 port 4004 ssh2'
      const wrong = value.raw instanceof Uint8Array ? same([new TextDecoder().decode(value.raw), value.provenance.length, value.event.key], [raw, raw.length, key]) : 'raw is no bytes'
      if (wrong !== null) throw new Error(wrong)
      const { value: pivots } = await backend.call('event.pivots', { key })
      const missing = same(pivots.map(({ rows }) => rows > 0), pivots.map(() => true))
      if (missing !== null || pivots.length === 0) throw new Error(`pivots: ${missing}`)
    },
  },
  {
    name: 'export.beginEvents: chosen events cross in their order, and one that is not held is told of',
    async run(backend) {
      const { rows } = (await backend.call('timeline.rows', { view: view(FAILED), at: 0, count: 2 })).value
      const keys = [...rows.map(({ key }) => key).toReversed(), 'sshd:nobody:auth:0']
      const { value: begun } = await backend.call('export.beginEvents', { keys, format: 'jsonl' })
      const { value: file } = await backend.call('export.read', { id: begun.id })
      const { value: told } = await backend.call('export.read', { id: begun.id, part: 'manifest' })
      await backend.call('export.end', { id: begun.id })
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
      const written = text(file.bytes).trimEnd().split('\n').map((line) => keys.findIndex((key) => line.startsWith(`{"key":${JSON.stringify(key)},`)))
      const isTold = ['"complete": false', '"matching": 3', '"rows": 2'].every((words) => text(told.bytes).includes(words))
      const wrong = same([written, file.done, isTold], [[0, 1], true, true])
      if (wrong !== null) throw new Error(wrong)
    },
  },
  {
    name: 'export.beginTable: a table crosses whole, without formulas, and without what is masked',
    async run(backend) {
      const saved = async (masks: ExportMask[]) => {
        const { value: begun } = await backend.call('export.beginTable', { table: 'access.list', ask: accessFilter(), format: 'csv', masks })
        const { value } = await backend.call('export.read', { id: begun.id })
        await backend.call('export.end', { id: begun.id })
        const [head, row] = new TextDecoder().decode(value.bytes).split('\r\n')
        return [/^recount-access-[\d-]+\.csv$/.test(begun.name), begun.rows, head?.startsWith('person,machine,'), row?.slice(0, 14)]
      }
      const wrong = same([await saved([]), await saved(['user', 'machine'])], [[true, 1, true, 'ada,web-1,2026'], [true, 1, true, '«user-1»,«mach']])
      if (wrong !== null) throw new Error(wrong)
    },
  },
  ...(['csv', 'jsonl'] as const).map((format): Case => ({
    name: `export.read: ${format} crosses whole`,
    async run(backend) {
      const { value: begun } = await backend.call('export.begin', { view: view(FAILED), format })
      const { value } = await backend.call('export.read', { id: begun.id })
      await backend.call('export.end', { id: begun.id })
      const text = new TextDecoder().decode(value.bytes)
      const lines = text.trimEnd().split(format === 'csv' ? '\r\n' : '\n').length
      const wrong = same([value.done, value.rowsDone, lines, text.includes("'=cmd|calc")], [true, 4, format === 'csv' ? 5 : 4, format === 'csv'])
      if (wrong !== null) throw new Error(wrong)
    },
  })),
  {
    name: 'detection.findings: an end is told, also where nothing is found',
    async run(backend) {
      const { total, suppressed, rows, run } = await allFound(backend)
      const wrong = same([total, suppressed, rows, run.done, run.total, run.isStale], [0, 0, [], 8, 8, false])
      if (wrong !== null) throw new Error(wrong)
    },
  },
  {
    name: 'detection.rules: a rule is suppressed for a reason, taken back, and tuned',
    async run(backend) {
      const rule = 'auth.spray'
      const told = async () => {
        const { value } = await backend.call('detection.rules', {})
        const own = value.rules.find(({ id }) => id === rule)
        return [own?.level, own?.ownLevel, own?.inactive, value.suppressions.map((one) => [one.rule, one.key, one.reason, one.hides, one.isOver])]
      }
      const wrong = [same(await told(), ['high', 'high', null, []])]
      wrong.push(same((await backend.call('finding.suppress', { rule, key: null, reason: ' a reason ', until: null })).value.hides, 0))
      await backend.call('detection.setLevel', { rule, level: 'low' })
      wrong.push(same(await told(), ['low', 'high', null, [[rule, null, 'a reason', 0, false]]]))
      await backend.call('finding.unsuppress', { rule, key: null })
      await backend.call('detection.setLevel', { rule, level: null })
      wrong.push(same(await told(), ['high', 'high', null, []]))
      const first = wrong.find((one) => one !== null)
      if (first) throw new Error(first)
    },
  },
  {
    name: 'upload.append: bytes cross as they are, in order, and can be previewed',
    async run(backend) {
      const { value: begun } = await backend.call('upload.begin', { name: 'other.log', size: 0, mtime: at('18:00:00') })
      const line = new TextEncoder().encode('Nov 20 10:00:00 web-9 sshd[1]: Failed password for \u202eroot from 192.0.2.1 port 1 ssh2\n')
      for (let sent = 0; sent < line.length; sent += 30) {
        const { value } = await backend.call('upload.append', { upload: begun.upload, bytes: line.subarray(sent, sent + 30) })
        const wrong = same(value.received, Math.min(sent + 30, line.length))
        if (wrong !== null) throw new Error(wrong)
      }
      const { value } = await backend.call('import.preview', { inputs: [{ upload: begun.upload }], options: {} })
      const wrong = same(value.files.map(({ name, size, kind, sample }) => [name, size, kind, sample[0]?.user]), [['other.log', line.length, 'sshd', '\u202eroot']])
      await backend.call('upload.discard', { upload: begun.upload })
      if (wrong !== null) throw new Error(wrong)
    },
  },
]

export const REFUSED: Case[] = [
  ...['', 'none', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'timeline', 'timeline.rows '].map((method) => refuses('no method', { method, ask: {} }, 'unknown-method')),
  ...Object.entries(NO_ASKS).flatMap(([method, asks]) => asks.map((ask) => refuses(`the ask ${JSON.stringify(ask).slice(0, 80)}`, { method, ask }, 'bad-ask'))),
  refuses('an unfinished query', { method: 'timeline.count', ask: { view: view('user:(') } }, 'bad-query'),
  refuses('a stranger', { method: 'event.get', ask: { key: 'sshd:nobody:auth:0' } }, 'not-found'),
  refuses('a stranger', { method: 'event.pivots', ask: { key: '__proto__' } }, 'not-found'),
  refuses('a report that is not open', { method: 'report.read', ask: { id: 'constructor', part: 'report' } }, 'not-found'),
  refuses('a zone that is none', { method: 'report.begin', ask: { ...report({ zone: 'Nowhere/None' }), format: 'md' } }, 'bad-ask'),
  refuses('an export that is not open', { method: 'export.read', ask: { id: 'constructor' } }, 'not-found'),
  refuses('a job that is not there', { method: 'import.cancel', ask: { job: 'x' } }, 'not-found'),
  refuses('a job that is not there', { method: 'import.rejects', ask: { job: 'x' } }, 'not-found'),
  refuses('a connection that is not there', { method: 'connection.remove', ask: { name: 'x', wipe: true } }, 'not-found'),
  refuses('a connection that is not there', { method: 'sync.start', ask: { connection: 'x' } }, 'not-found'),
  refuses('a connection that is not there', { method: 'server.pause', ask: { name: 'x', paused: true } }, 'not-found'),
  refuses('a sign-in that is not there', { method: 'server.verifyCode', ask: { ticket: 'constructor', code: '1' } }, 'ticket-expired'),
  refuses('a kind that nothing reads', { method: 'server.useToken', ask: { kind: 'constructor', url: 'https://x.test', token: 'x' } }, 'bad-ask'),
  refuses('plain http to another machine', { method: 'server.useToken', ask: { kind: 'webxterm', url: 'http://x.test', token: 'x' } }, 'insecure-address'),
  refuses('a server that is not there', { method: 'server.useToken', ask: { kind: 'webxterm', url: 'http://127.0.0.1:1', token: 'x' } }, 'unreachable'),
  refuses('a stranger', { method: 'event.page', ask: { key: 'x' } }, 'not-found'),
  refuses('to reveal a recording that is not there', { method: 'recording.reveal', ask: { id: 'constructor' } }, 'not-found'),
  refuses('a recording that is not there', { method: 'recording.open', ask: { id: 'constructor' } }, 'not-found'),
  refuses('a session that is not there', { method: 'session.detail', ask: { id: '__proto__' } }, 'not-found'),
  refuses('a finding that is not there', { method: 'finding.get', ask: { id: 'constructor' } }, 'not-found'),
  refuses('a rule that is not there', { method: 'finding.suppress', ask: { rule: 'constructor', key: null, reason: 'x', until: null } }, 'not-found'),
  refuses('a rule that is not there', { method: 'detection.setLevel', ask: { rule: '__proto__', level: 'low' } }, 'not-found'),
  refuses('a suppression that is not there', { method: 'finding.unsuppress', ask: { rule: 'auth.spray', key: null } }, 'not-found'),
  refuses('a comment that is not there', { method: 'comment.edit', ask: { id: 'constructor', text: 'x' } }, 'not-found'),
  refuses('a notebook that is not there', { method: 'notebook.get', ask: { id: '__proto__' } }, 'not-found'),
  refuses('a notebook that is not there', { method: 'notebook.apply', ask: { id: 'constructor', changes: [{ do: 'remove', cell: 'x' }] } }, 'not-found'),
  refuses('an event that is not held', { method: 'notebook.cite', ask: { keys: ['constructor'] } }, 'not-found'),
  refuses('what is no copy of a notebook', { method: 'notebook.compare', ask: { bytes: new Uint8Array([31, 139, 0]) } }, 'nothing-readable'),
  refuses('what is no copy of a notebook', { method: 'notebook.merge', ask: { bytes: new Uint8Array([31, 139, 0]) } }, 'nothing-readable'),
  refuses('an unfinished query', { method: 'notebook.freeze', ask: { view: view('user:(') } }, 'bad-query'),
  refuses('an unfinished query', { method: 'mark.set', ask: { target: { view: view('user:(') }, change: { star: true } } }, 'bad-query'),
  refuses('an upload that is not there', { method: 'upload.append', ask: { upload: 'x', bytes: new Uint8Array(3) } }, 'not-found'),
  refuses('a file that is not there', { method: 'import.preview', ask: { inputs: [{ path: '/no/such/file.log' }], options: {} } }, 'file-unreadable'),
  refuses('a seal that is not under way', { method: 'seal.read', ask: { id: 'constructor' } }, 'not-found'),
  refuses('a bundle that is not there', { method: 'bundle.verify', ask: { input: { path: '/no/such/bundle.zip' }, passphrase: null } }, 'file-unreadable'),
  refuses('a zone that is none', { method: 'signin.summary', ask: { range: null, zone: 'Mars' } }, 'bad-ask'),
  refuses('a zone that is none', { method: 'import.preview', ask: { inputs: [{ path: '/no/such/file.log' }], options: { zone: 'Mars' } } }, 'bad-ask'),
]
