import { expect, it } from 'vitest'
import type { ApprovalChain, ApprovalPattern, Ask, Backend } from '../../../src/contract'
import { patternsCsv, requestsCsv } from '../../../src/renderer/approvals/approval-csv'
import { chainOf } from './chains'

const filter = { range: null, zone: 'UTC', text: '', state: null, unusual: false, neverUsed: false }

/** Answers with a page of the rows. */
function backendOf(rows: ApprovalChain[]): Backend {
  const call = async (_: string, { at, count }: Ask<'approval.requests'>) => ({ value: { rows: rows.slice(at, at + count), total: rows.length }, tables: [], revision: 1 })
  return { call, on: () => () => undefined } as unknown as Backend
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: string[] = []
  for await (const chunk of chunks) parts.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(chunk))
  return parts.join('')
}

it('writes every request that matches, page after page, and counts them', async () => {
  const rows = Array.from({ length: 2300 }, (_, at) => chainOf({ request: `r${at}` }))
  const steps: number[] = []
  const text = await textOf(requestsCsv({ backend: backendOf(rows), filter, signal: new AbortController().signal, onStep: (done) => steps.push(done) }))
  const lines = text.split('\r\n')
  expect(lines).toHaveLength(2302)
  expect(lines[0]).toMatch(/^\ufeffrequested,request,type,requester,/)
  expect([lines[1]?.split(',')[1], lines[2300]?.split(',')[1]]).toEqual(['r0', 'r2299'])
  expect(steps).toEqual([1000, 2000, 2300])
})

it('ends where nobody waits for it any more', async () => {
  const control = new AbortController()
  const rows = Array.from({ length: 2300 }, () => chainOf())
  const chunks = requestsCsv({ backend: backendOf(rows), filter, signal: control.signal, onStep: () => control.abort() })
  await expect(textOf(chunks)).rejects.toThrow()
})

it('writes no formula, whatever a server or a person wrote', async () => {
  const hostile = '=HYPERLINK("http://x","y")'
  const signal = new AbortController().signal
  const chain = chainOf({ requester: hostile, justification: '+1', machine: '@SUM(A1)', outside: ['-2'] })
  const requests = await textOf(requestsCsv({ backend: backendOf([chain]), filter, signal, onStep: () => undefined }))
  expect(requests).toContain(`,"'=HYPERLINK(""http://x"",""y"")",'@SUM(A1),`)
  expect(requests).toContain(",'+1,")
  expect(requests).toContain(",'-2,")
  const pattern: ApprovalPattern = {
    id: 'p', rule: 'approval.self', level: 'high', title: hostile, words: '\t=1', figures: [['n', '20'], ['p', '2.6e-11']], method: 'exact', baseline: null, from: 0, to: 1, approvers: ['-a', 'b'],
    requesters: [], events: ['k'], requests: ['7'], count: 1, view: { query: '', range: null, order: 'asc' }, isExact: true, chain: null, key: '', suppressed: null,
  }
  const patterns = await textOf(patternsCsv([pattern]))
  expect(patterns).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
  expect(patterns).toContain(',n 20; p 2.6e-11,exact,,1970-01-01T00:00:00')
  expect(patterns).toContain(",'-a; b,")
})
