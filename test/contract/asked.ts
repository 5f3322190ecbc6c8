import type { Ask, View } from '../../src/contract'

// Asks that are fit, to be changed in one thing.

export const view = (query = '', more: Partial<View> = {}): View => ({ query, range: null, order: 'asc', ...more })

export const found = (more: Partial<Ask<'detection.findings'>> = {}): Ask<'detection.findings'> => ({
  levels: [], rule: null, text: '', range: null, suppressed: false, at: 0, count: 100, ...more,
})

export const requests = (more: Partial<Ask<'approval.requests'>> = {}): Ask<'approval.requests'> => ({
  range: null,
  zone: 'UTC',
  text: '',
  state: null,
  unusual: false,
  neverUsed: false,
  at: 0,
  count: 10,
  ...more,
})

export const DAY_OF_LOG = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21) }

export const report = (more: object = {}): Ask<'report.preview'> => ({ kind: 'access', range: DAY_OF_LOG, zone: 'UTC', tlp: 'TLP:AMBER', text: '', only: [], sample: null, ...more })

export const accessFilter = (more: object = {}): Omit<Ask<'access.list'>, 'at' | 'count'> => ({ range: null, text: '', person: null, machine: null, production: false, privileged: false, ungranted: false, first: false, order: 'last', descending: true, ...more })
