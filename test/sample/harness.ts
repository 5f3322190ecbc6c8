import { afterEach } from 'vitest'
import { startSample, type RunningSample, type SampleOptions } from '../../src/sample'

/** A Friday at noon. */
export const NOW = Date.UTC(2026, 10, 20, 12)

const running = new Set<RunningSample>()

afterEach(async () => {
  for (const sample of running) await sample.close()
  running.clear()
})

/** A small sample server that ends with the test. */
export async function sampleOf(options: SampleOptions = {}): Promise<RunningSample> {
  const sample = await startSample({ events: 3000, now: NOW, ...options })
  running.add(sample)
  return sample
}

export type Got = { status: number; headers: Headers; text: string }

type Asked = RequestInit & { token?: string }

export async function ask(sample: RunningSample, path: string, options: Asked = {}): Promise<Got> {
  const { token = sample.tokens.super_admin, ...init } = options
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) }
  const response = await fetch(sample.url + path, { redirect: 'manual', ...init, headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

export type Row = Record<string, unknown>
export type List = Row & { logs: Row[]; machines: Row[]; sessions: Row[]; total: number; page: number; limit: number }

export async function list(sample: RunningSample, path: string, token?: string): Promise<List> {
  const { status, text } = await ask(sample, path, token === undefined ? {} : { token })
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text) as List
}

/** All rows of the audit by plain paging, newest first. */
export async function wholeAudit(sample: RunningSample, path: string): Promise<Row[]> {
  const rows: Row[] = []
  for (let page = 1; ; page++) {
    const { logs } = await list(sample, `${path}?limit=200&page=${page}`)
    if (logs.length === 0) return rows
    rows.push(...logs)
  }
}

/** Without a token; `agent` is the program's name. */
export async function post({ url }: RunningSample, path: string, { agent = 'tests', ...body }: Row) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': String(agent) },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Row }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
