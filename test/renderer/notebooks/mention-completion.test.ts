import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import type { Backend, TimelineRow } from '../../../src/contract'
import { mentionCompletion } from '../../../src/renderer/notebooks/mention-completion'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'

const row: TimelineRow = {
  key: 'sshd:web-1:auth:(1)',
  time: Date.UTC(2026, 1, 6, 2, 57, 12),
  timePrecision: 's',
  category: 'authentication',
  outcome: 'success',
  severity: 'info',
  action: 'login',
  user: 'a*kim\u202e',
  place: 'web-1',
  ip: null,
  lead: 'login',
  detail: '',
  repeat: 1,
  companion: false,
  connection: 'auth.log',
}

/** A backend that knows one event, and fails for everything else. */
function open() {
  const queries: string[] = []
  const call = (method: string, ask: { view?: { query: string } }) => {
    if (method !== 'timeline.rows' || !ask.view) return Promise.reject(new Error('not here'))
    queries.push(ask.view.query)
    return Promise.resolve({ value: { rows: [row], at: 0, total: 1, row: null }, tables: [], revision: 1 })
  }
  const source = mentionCompletion({ backend: { call } as unknown as Backend, range: () => null, zone: () => zoneFormat('UTC') })
  const complete = async (text: string): Promise<CompletionResult | null> => {
    const state = EditorState.create({ doc: text })
    return await source(new CompletionContext(state, text.length, false))
  }
  return { complete, queries }
}

describe('what is offered after @', () => {
  it('is events by the typed query, as links that hold no form of their own', async () => {
    const { complete, queries } = open()
    const found = await complete('At night @user:akim action:login')
    expect(queries).toEqual(['user:akim action:login'])
    expect(found).toMatchObject({ from: 9, to: 32 })
    expect(found?.options).toEqual([
      {
        label: '2026-02-06 02:57:12 a*kim‹U+202E› login on web-1',
        detail: 'event',
        apply: '[a\\*kim‹U+202E› login on web-1](recount:event/sshd:web-1:auth:%281%29) ',
      },
    ])
  })

  it('takes words that are no query as words', async () => {
    const { complete, queries } = open()
    await complete('@"half a phrase')
    await complete('(@')
    expect(queries).toEqual([JSON.stringify('"half a phrase'), ''])
  })

  it('is nothing where no mention is typed', async () => {
    const { complete, queries } = open()
    expect([await complete('mail ann@example.org'), await complete('plain words'), await complete('@x\nnext line')]).toEqual([null, null, null])
    expect(queries).toEqual([])
  })
})
