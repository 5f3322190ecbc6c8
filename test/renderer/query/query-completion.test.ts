import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import type { Backend, FacetValue } from '../../../src/contract'
import { queryCompletion } from '../../../src/renderer/query/query-completion'

/** A backend that knows two users, and fails for everything else. */
async function offered(text: string) {
  const values: FacetValue[] = [{ value: 'with space\u202e', rows: 1200, count: 1200 }, { value: 'dana', rows: 3, count: 3 }]
  const call = (method: string, ask: { field?: string }) =>
    method === 'query.suggest' && ask.field === 'user' ? Promise.resolve({ value: values, tables: [], revision: 1 }) : Promise.reject(new Error('not here'))
  const found = await queryCompletion({ call } as unknown as Backend)(new CompletionContext(EditorState.create({ doc: text }), text.length, false))
  return found?.options ?? []
}

test('values are offered with their counts, as they have to be typed, and shown without what could mislead', async () => {
  const [first, second] = await offered('outcome:failure user:')
  expect(first).toMatchObject({ apply: '"with space\u202e"', detail: '1,200' })
  expect(first?.label).not.toContain('\u202e')
  expect(second).toMatchObject({ label: 'dana', apply: 'dana' })
})

test('fields are offered by what they begin with, fixed values too, and nothing where values cannot be had', async () => {
  expect((await offered('mach')).map(({ label }) => label)).toContain('machine:')
  expect((await offered('is:ma')).map(({ label }) => label)).toEqual(['marked'])
  expect(await offered('ip:10')).toEqual([])
})
