import { expect, it } from 'vitest'
import { TEXT_COLUMNS, type StoreView } from '../../../src/backend/store'
import { tempFolder } from '../temp-folder'
import { add, ALL, NOW, record, writable } from '../store/a-store'

it('a cursor over a view reads what its pages say', async () => {
  const store = await writable(tempFolder())
  const at = (i: number) => ({ time: NOW + ((i * 7) % 5), sequence: i, repeat: 1 + (i % 3), actor: { name: `u${i % 4}` }, attributes: { n: `${i}` } })
  add(store, Array.from({ length: 9 }, (_, i) => record(`a${i}`, { ...at(i), ...(i % 2 ? { ip: '192.0.2.1', exitCode: i } : {}) })))
  add(store, Array.from({ length: 9 }, (_, i) => record(`b${i}`, { ...at(i), changes: [{ field: 'role', new: `r${i}` }] })), { connection: 'other', kind: 'webxterm' })
  add(store, [record('a1', { ...at(1), ip: '192.0.2.1', exitCode: 1 })], { connection: 'copy' })
  for (const order of ['asc', 'desc'] as const) {
    const view: StoreView = { ...ALL, order }
    const cursor = store.cursor(view)
    const held = store.records(view, 0, cursor.length)
    expect(cursor.length).toBe(18)
    const codes = new Map<string, string | undefined>()
    held.forEach(({ event, origin, raw }, i) => {
      cursor.to(i)
      expect([cursor.time, cursor.sequence, cursor.key()]).toEqual([event.time, event.sequence, event.key])
      expect([cursor.text('actorName'), cursor.text('ip'), cursor.attribute('n')]).toEqual([event.actor?.name, event.ip, event.attributes['n']])
      expect([cursor.text('connection'), cursor.text('source'), cursor.text('stream')]).toEqual([origin.connection, origin.kind, origin.stream])
      expect([cursor.number('repeat') ?? 1, cursor.number('exitCode')]).toEqual([event.repeat, event.exitCode])
      expect([cursor.changes(), Buffer.from(cursor.raw())]).toEqual([event.changes ?? [], Buffer.from(raw)])
      for (const column of TEXT_COLUMNS) {
        const code = cursor.code(column)
        if (code === 0) continue
        const known = `${column} ${code}`
        if (codes.has(known)) expect(cursor.text(column)).toBe(codes.get(known))
        codes.set(known, cursor.text(column))
      }
    })
    expect(cursor.attribute('nothing')).toBeUndefined()
  }
})
