import { describe, expect, it } from 'vitest'
import type { ApprovalChain, ApprovalPattern, AccessEntry } from '../../../../src/contract'
import { ACCESSES, grownRows, heldRows, pagedRows, PATTERNS, REQUESTS, tableExport } from '../../../../src/backend/report'

const CHAIN: ApprovalChain = {
  key: 'k', request: '7', connection: 'work', type: 'access', requester: 'jm', machine: 'm', scope: 'm, 2 h', justification: 'INC-1', asked: 0, state: 'pending', decision: null, grant: null, sessions: [],
  sessionCount: 0, commands: 0, outcome: 'none', outside: [], patterns: [], level: null,
}

type Asked = { at: number; count: number }

async function csvOf(table: ReturnType<typeof tableExport>): Promise<string> {
  const texts: string[] = []
  for await (const { text } of table.lines({ format: 'csv', raw: false })) texts.push(text)
  return texts.join('')
}

describe('a table that is exported', () => {
  it('has every row that matches, page after page, under its columns', async () => {
    const rows = Array.from({ length: 2300 }, (_, at) => ({ ...CHAIN, request: `r${at}` }))
    const asked: number[] = []
    const paged = await pagedRows<ApprovalChain>(({ at, count }) => {
      asked.push(at)
      return { rows: rows.slice(at, at + count), total: rows.length }
    })
    const lines = (await csvOf(tableExport(REQUESTS, {}, paged))).split('\r\n')
    expect(lines).toHaveLength(2302)
    expect(lines[0]).toMatch(/^\ufeffrequested,request,type,requester,/)
    expect([lines[1]?.split(',')[1], lines[2300]?.split(',')[1]]).toEqual(['r0', 'r2299'])
    expect(asked).toEqual([0, 0, 500, 1000, 1500, 2000])
  })

  it('writes no formula, whatever a server or a person wrote', async () => {
    const hostile = '=HYPERLINK("http://x","y")'
    const chain = { ...CHAIN, requester: hostile, justification: '+1', machine: '@SUM(A1)', outside: ['-2'] }
    const requests = await csvOf(tableExport(REQUESTS, {}, heldRows([chain])))
    expect(requests).toContain(`,"'=HYPERLINK(""http://x"",""y"")",'@SUM(A1),`)
    expect(requests).toContain(",'+1,")
    expect(requests).toContain(",'-2,")
    const pattern: ApprovalPattern = {
      id: 'p', rule: 'approval.self', level: 'high', title: hostile, words: '\t=1', figures: [['n', '20'], ['p', '2.6e-11']], method: 'exact', baseline: null, from: 0, to: 1, approvers: ['-a', 'b'],
      requesters: [], events: ['k'], requests: ['7'], count: 1, view: { query: '', range: null, order: 'asc' }, isExact: true, chain: null, key: '', suppressed: null,
    }
    const patterns = await csvOf(tableExport(PATTERNS, {}, heldRows([pattern])))
    expect(patterns).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect(patterns).toContain(',n 20; p 2.6e-11,exact,,1970-01-01T00:00:00')
    expect(patterns).toContain(",'-a; b,")
  })

  it('tells of an access whether a grant stood, and which', async () => {
    const entry: AccessEntry = { from: 0, to: 1, kind: 'session', session: 's', connection: 'c', client: null, ip: null, commands: 0, sudo: 0, files: 0, failures: 0, isPrivileged: false, key: 'k', grant: 'none' }
    const grant = { request: 'REQ-1', approver: '=bo', from: 0, to: null, scope: null, justification: null, key: null, isNamed: true }
    const [, none, held] = (await csvOf(tableExport(ACCESSES, {}, heldRows([entry, { ...entry, grant }])))).split('\r\n')
    expect([none, held].map((line) => line?.split(',').slice(10, 14))).toEqual([['none', '', '', ''], ['held', 'REQ-1', "'=bo", '1970-01-01T00:00:00.000Z']])
  })
})

describe('rows that move while they are exported', () => {
  it('are never written with holes or doubles', async () => {
    let total = 3
    const rows = await pagedRows(() => ({ rows: [1, 2, 3].slice(0, total), total }))
    total = 2
    await expect(rows.page(0, 3)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('of a list that grows at its head are those of the beginning', async () => {
    const log = ['c', 'b', 'a']
    const rows = await grownRows(({ at, count }: Asked) => Promise.resolve({ rows: log.slice(at, at + count), total: log.length }))
    log.unshift('e', 'd')
    expect([rows.total, await rows.page(0, 2)]).toEqual([3, ['c', 'b']])
    log.unshift('f')
    expect(await rows.page(2, 1)).toEqual(['a'])
  })
})
