import { expect, test } from 'vitest'
import { BatchEncoder } from '../../../src/backend/store'
import { decodeBlock } from '../../../src/backend/store/block'
import { record } from './a-store'

const ODD = ['0', '00', '007', '-1', '+5', '1e3', '', ' 7', '131071', '131072', '0131071', '999999', '1000000', '٣', 'x']

/** More numbers than a column keeps in a map, each of them several times, among texts that nearly are such numbers. */
function values(first: number): string[] {
  return Array.from({ length: 9000 }, (_, i) => (i % 60 === 0 ? (ODD[(i / 60) % ODD.length] ?? '') : `${first + (i % 1500)}`))
}

test('texts of numbers are what they were, in one batch after another', () => {
  const encoder = new BatchEncoder('sshd')
  for (const first of [0, 130_000, 700]) {
    const ports = values(first)
    for (const [i, port] of ports.entries()) {
      const one = record(`${i}`)
      encoder.add({ ...one, event: { ...one.event, attributes: i % 9 === 0 ? {} : { port } } })
    }
    const { columns, raw } = encoder.finish()
    const column = decodeBlock(columns, () => raw).attribute('port')
    expect(column?.coded?.values.length).toBe(new Set(column?.coded?.values).size)
    expect(ports.map((_, row) => column?.at(row))).toEqual(ports.map((port, row) => (row % 9 === 0 ? undefined : port)))
  }
})
