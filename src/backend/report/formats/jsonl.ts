import { eventJson } from '../event-json'
import type { Format } from './format'

export const jsonl: Format = { extension: 'jsonl', line: (record) => `${eventJson(record)}\n` }
