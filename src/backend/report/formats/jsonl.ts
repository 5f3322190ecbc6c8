import { eventObject } from '../../evidence'
import type { Format } from './format'

export const jsonl: Format = { extension: 'jsonl', line: (record) => `${JSON.stringify(eventObject(record))}\n`, heldLine: (row) => `${row.json()}\n` }
