import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../../src/backend/report'
import type { StoredRecord } from '../../../src/backend/store'
import type { ExportFormat } from '../../../src/contract'
import { thingLabel } from '../../../src/domain'
import { hostileRecords } from './hostile-events'

const OPTIONS = { version: '1.2.3' }

async function linesOf(format: ExportFormat) {
  const records = await hostileRecords()
  return records.map((record) => ({ record, line: FORMATS[format].line(record, OPTIONS) }))
}

describe('every format', () => {
  test.each(['jsonl', 'ocsf', 'ecs', 'cef', 'rfc5424', 'timesketch'] as const)('%s is one line for each record, whatever the record holds', async (format) => {
    for (const { line } of await linesOf(format)) {
      expect(line.endsWith('\n')).toBe(true)
      expect(line.slice(0, -1)).not.toMatch(/[\r\n]/)
    }
  })
})

/** Reads a line of CEF as its specification says. */
function parseCef(line: string): { head: string[]; extension: Record<string, string> } {
  const head: string[] = ['']
  let at = 'CEF:'.length
  for (; head.length < 8; at++) {
    const character = line[at] ?? ''
    if (character === '\\') head.push((head.pop() ?? '') + (line[++at] ?? ''))
    else if (character === '|') head.push('')
    else head.push((head.pop() ?? '') + character)
  }
  head.pop()
  const extension: Record<string, string> = {}
  const pairs = line.slice(at).trimEnd().matchAll(/(?:^| )([A-Za-z0-9]+)=((?:\\.|[^\\=])*?)(?=(?: [A-Za-z0-9]+=)|$)/gs)
  for (const [, key = '', value = ''] of pairs) extension[key] = value.replace(/\\(.)/g, (_, next: string) => ({ n: '\n', r: '\r' })[next] ?? next)
  return { head, extension }
}

describe('CEF', () => {
  const most: Record<string, number> = { act: 63, outcome: 63, reason: 1023, suser: 1023, suid: 1023, duser: 1023, shost: 1023, dhost: 255, app: 31, msg: 1023, externalId: 40, fname: 1023, cs1: 4000, flexString1: 1023 }

  test('is read back as it was written', async () => {
    for (const { record, line } of await linesOf('cef')) {
      const { head, extension } = parseCef(line)
      const { event } = record
      const name = (event.actionRaw || event.action).replace(/[\r\n]+/g, ' ')
      expect(head).toEqual(['0', 'Recount', 'Recount', '1.2.3', `${event.category}.${event.action}`, name, { info: '1', warning: '5', critical: '10' }[event.severity]])
      expect(extension).toMatchObject({ rt: String(event.time), outcome: event.outcome, cat: event.category, flexString1: event.key, flexString1Label: 'recordKey' })
      // Blanks at the ends of a value are no part of it.
      expect(extension['cs1']?.trim()).toBe(event.command?.trim())
      expect(extension['reason']?.trim()).toBe(event.reason?.trim())
      expect(extension['src']).toBe(event.ip === '10.0.0.1' ? event.ip : undefined)
      expect(extension['c6a2']).toBe(event.ip === '2001:db8::1' ? event.ip : undefined)
    }
  })

  test('keeps to the lengths of its dictionary', async () => {
    const [record] = await hostileRecords()
    if (!record) throw new Error('none')
    const long = 'é🙂'.repeat(5000)
    const event = { ...record.event, reason: long, command: long, actor: { name: long, id: long }, machine: { name: long }, file: { name: long }, onBehalf: long, key: long, actionRaw: long }
    const { extension } = parseCef(FORMATS.cef.line({ ...record, event }, OPTIONS))
    for (const [key, length] of Object.entries(most)) expect(extension[key]?.length ?? 0, key).toBeLessThanOrEqual(length)
    expect(extension['cs1']).toMatch(/…$/)
    expect(extension['cs1']).not.toMatch(/\p{Cs}/u)
    expect(extension['externalId']).toBeUndefined()
  })
})

/** Reads a message as RFC 5424 writes it. */
function parse5424(line: string) {
  const found = /^<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) \[(\S{1,32})((?: [\u0021-\u007e]{1,32}="(?:\\["\\\]]|[^"\\\]])*")*)\] \ufeff([^\n]*)\n$/u.exec(line)
  if (!found) throw new Error(`no syslog: ${line}`)
  const [, priority = '', time = '', host, app, process, id, data, params = '', message] = found
  const values = [...params.matchAll(/ ([^=\s]+)="((?:\\["\\\]]|[^"\\\]])*)"/g)].map(([, name = '', value = '']) => [name, value.replace(/\\(["\\\]])/g, '$1')])
  return { facility: Number(priority) >> 3, severity: Number(priority) & 7, time, host, app, process, id, data, params: Object.fromEntries(values) as Record<string, string>, message }
}

/** Control characters stand as their pictures. */
function pictured(text: string): string {
  return text.replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0))).replaceAll('\x7f', '\u2421')
}

describe('RFC 5424', () => {
  test('is read back as it was written', async () => {
    for (const { record, line } of await linesOf('rfc5424')) {
      const { event, origin } = record
      const read = parse5424(line)
      expect(read).toMatchObject({ facility: 13, severity: { info: 6, warning: 4, critical: 2 }[event.severity], time: '2026-02-06T12:00:00.000Z', app: 'sshd', process: '-', data: 'audit@32473' })
      expect(read.params).toMatchObject({ key: event.key, connection: origin.connection, outcome: event.outcome, repeat: String(event.repeat) })
      for (const name of ['reason', 'command', 'session', 'approver'] as const) expect(read.params[name]).toBe(event[name] === undefined ? undefined : pictured(event[name]))
      expect(read.params['machine']).toBe(event.machine && pictured(thingLabel(event.machine) ?? ''))
    }
  })

  test('keeps to the lengths of its head', async () => {
    const [record] = await hostileRecords()
    if (!record) throw new Error('none')
    const event = { ...record.event, machine: { name: 'h'.repeat(300) }, action: 'a'.repeat(40) }
    const { host, id } = parse5424(FORMATS.rfc5424.line({ ...record, event }, OPTIONS))
    expect([host, id]).toEqual(['h'.repeat(255), 'a'.repeat(32)])
    expect(parse5424(FORMATS.rfc5424.line({ ...record, event: { ...event, machine: { name: '日本' } } }, OPTIONS)).host).toBe('-')
  })
})

describe('Timesketch', () => {
  test('has what Timesketch asks for, and each text as it was', async () => {
    for (const { record, line } of await linesOf('timesketch')) {
      const read = JSON.parse(line) as Record<string, unknown>
      expect(read).toMatchObject({ datetime: '2026-02-06T12:00:00.000+00:00', timestamp: record.event.time * 1000, timestamp_desc: 'Event Logged', event_key: record.event.key })
      expect(read['message']).not.toBe('')
      expect(read['command']).toBe(record.event.command)
      expect(Object.keys(read).filter((name) => !/^[\w]+$/.test(name))).toEqual([])
    }
  })
})

describe('CSV', () => {
  test('has no cell that begins a formula; raw CSV has each as it is', async () => {
    const [record] = await hostileRecords()
    if (!record) throw new Error('none')
    const hostile: StoredRecord = { ...record, event: { ...record.event, reason: '=1+1', command: '007' } }
    expect(FORMATS.csv.line(hostile, OPTIONS)).toContain(",'=1+1,")
    expect(FORMATS.csv.line(hostile, { ...OPTIONS, raw: true })).toContain(',=1+1,')
  })
})
