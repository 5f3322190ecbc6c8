import type { View } from '../../src/contract'

const VIEW: View = { query: '', range: null, order: 'asc' }
const EVENT = { kind: 'event', key: 'k' }

/** Of the methods of what people write: asks that are refused as unfit. */
export const NOTE_ASKS = {
  'comment.add': [{}, { subject: { kind: 'event', key: '' }, text: 'x' }, { subject: EVENT, text: ' ' }, { subject: { kind: 'host', id: 'x' }, text: 'x' }],
  'comment.edit': [{}, { id: 'x', text: '' }],
  'comment.remove': [{}, { id: '' }],
  'mark.set': [
    {},
    { target: { subjects: [] }, change: { star: true } },
    { target: { subjects: [EVENT] }, change: { quick: 'evil' } },
    { target: { subjects: [EVENT] }, change: { add: ['a,b'] } },
    { target: { subjects: [EVENT] }, change: { add: [' a'] } },
    { target: { view: { query: 1 } }, change: {} },
  ],
  'mark.of': [{}, { subjects: Array<object>(1001).fill(EVENT) }],
  'mark.get': [{}, { subject: { kind: 'moment', recording: 'x', at: -1 } }],
  'mark.list': [{}, { text: '', quick: null, at: 0, count: 0 }, { text: '', quick: 'evil', at: 0, count: 1 }],
  'timeline.nextMark': [{}, { view: VIEW, row: -2, direction: 'forward' }, { view: VIEW, row: 0, direction: 'up' }],
  'notebook.list': [{}, { removed: null }],
  'notebook.get': [{}, { id: '' }],
  'notebook.create': [{}, { title: '', template: 'blank', range: null }, { title: 'x', template: 'other', range: null }, { title: 'x', template: 'blank', range: { from: 2, to: 1 } }, { title: 'x', template: 'blank', range: null, names: [''] }],
  'notebook.apply': [
    {},
    { id: 'x', changes: [] },
    { id: 'x', changes: [{ do: 'other' }] },
    { id: 'x', changes: [{ do: 'title', title: '' }] },
    { id: 'x', changes: [{ do: 'tlp', tlp: 'TLP:BLUE' }] },
    { id: 'x', changes: [{ do: 'add', id: 'c', content: { kind: 'text', text: 1 }, after: null }] },
    { id: 'x', changes: [{ do: 'add', id: 'c', content: { kind: 'events', title: '', citations: [{ key: 'k', leaf: 'short', evidence: 'short', row: {}, severity: 'info' }] }, after: null }] },
  ],
  'notebook.undo': [{}, { id: '' }],
  'notebook.redo': [{}, { id: '' }],
  'notebook.history': [{}, { id: '' }],
  'notebook.remove': [{}, { id: '' }],
  'notebook.restore': [{}, { id: '' }],
  'notebook.freeze': [{}, { view: { query: '', range: null, order: 'up' } }],
  'notebook.cite': [{}, { keys: [] }, { keys: [''] }],
  'notebook.side': [{}, { id: '' }],
  'notebook.pack': [{}, { id: '' }],
  'notebook.compare': [{}, { bytes: 'x' }],
  'notebook.merge': [{}, { bytes: 'x' }],
  'notebook.export': [{}, { id: 'x', format: 'doc', zone: 'UTC' }, { id: 'x', format: 'md', zone: '' }],
}
