import type { Ask, CustodyAct, Notebook, NotebookChange } from '../../contract'
import { acts, over, type Look, type Weight } from './act'
import { cellText, changesText, rangeText, viewText, wholeText } from './words'

type Apply = Ask<'notebook.apply'>

export const notebookActs = {
  'notebook.list': null,
  'notebook.get': null,
  'notebook.history': null,
  'notebook.side': null,
  'notebook.create': acts<'notebook.create'>(({ title, template, range }, { id }) => notebookAct(title, `created from the template ${template}, ${rangeText(range)}; id ${id}`)),
  'notebook.apply': over<'notebook.apply'>(async ({ id, changes }, look) => {
    const before = await notebookOf(look, id)
    const made = changes.flatMap((change) => changeText(change, before))
    return () => made.map((detail) => notebookAct(before?.title ?? id, detail))
  }, weighApply),
  'notebook.undo': over<'notebook.undo'>(async ({ id }, look) => stepAct(look, id, 'a step undone')),
  'notebook.redo': over<'notebook.redo'>(async ({ id }, look) => stepAct(look, id, 'a step done again')),
  'notebook.remove': over<'notebook.remove'>(async ({ id }, look) => stepAct(look, id, 'removed; what was written stays in its journal')),
  'notebook.restore': over<'notebook.restore'>(async ({ id }, look) => stepAct(look, id, 'brought back')),
  'notebook.freeze': acts<'notebook.freeze'>(({ view }, { rows, root, evidence }) => ({
    action: 'cite',
    object: viewText(view),
    detail: `${rows} records frozen; root ${root}; evidence ${evidence}`,
  })),
  'notebook.cite': acts<'notebook.cite'>(({ keys }, citations) => ({
    action: 'cite',
    object: keys.length === 1 ? `event ${keys[0]}` : `${keys.length} events`,
    detail: wholeText(citations.map(({ key, leaf }) => `${key}: leaf ${leaf}`).join('\n')),
  })),
  'notebook.pack': over<'notebook.pack'>(async ({ id }, look) => {
    const title = (await notebookOf(look, id))?.title ?? id
    return ({ name, bytes }) => [{ action: 'export', object: `notebook ${title}`, detail: `a copy for another investigator: ${name}, ${bytes.length} bytes` }]
  }),
  'notebook.compare': null,
  'notebook.merge': acts<'notebook.merge'>((_ask, { title, added, conflicts, marks, comments, by }) => ({
    action: 'merge',
    object: `notebook ${title}`,
    detail: `${added} steps, ${marks} changes of marks and ${comments} of comments of another copy taken in, by ${by.join(', ') || 'nobody'}; ${conflicts} conflicts; both are kept`,
  })),
  'notebook.export': over<'notebook.export'>(async ({ id, format }, look) => {
    const title = (await notebookOf(look, id))?.title ?? id
    return ({ name, bytes }) => [{ action: 'export', object: `notebook ${title}`, detail: `${format}: ${name}, ${bytes.length} bytes` }]
  }),
}

/** Keystrokes must not wait for the disk. */
function weighApply({ changes }: Apply): Weight {
  return changes.every((change) => change.do === 'write' || change.do === 'fold') ? 'typing' : 'acting'
}

function notebookAct(title: string, detail: string): CustodyAct {
  return { action: 'notebook', object: `notebook ${title}`, detail }
}

async function stepAct(look: Look, id: string, words: string): Promise<() => CustodyAct[]> {
  const title = (await notebookOf(look, id))?.title ?? id
  return () => [notebookAct(title, words)]
}

/** Null where there is none: whoever acts on it is told so by the act itself. */
function notebookOf(look: Look, id: string): Promise<Notebook | null> {
  return look.ask('notebook.get', { id }).catch(() => null)
}

/** Begins what is written of typed text, of which one entry a minute stands for a cell. */
export const TYPED = 'text of cell '

function changeText(change: NotebookChange, before: Notebook | null): string[] {
  switch (change.do) {
    case 'title':
      return [changesText({ title: before?.title }, { title: change.title })]
    case 'tlp':
      return [changesText({ label: before?.tlp }, { label: change.tlp })]
    case 'status':
      return [changesText({ status: before?.status }, { status: change.status })]
    case 'range':
      return [`incident window: ${rangeText(before?.range ?? null)} → ${rangeText(change.range)}`]
    case 'add':
      return [`cell ${change.id} added, ${change.content.kind}: ${wholeText(cellText(change.content))}`]
    default:
      return cellChangeText(change, textBefore(before, change.cell))
  }
}

type CellChange = Extract<NotebookChange, { cell: string }>

function cellChangeText(change: CellChange, before: string): string[] {
  switch (change.do) {
    case 'write':
      return [`${TYPED}${change.cell} changed; before: ${before}`]
    case 'move':
      return [`cell ${change.cell} moved ${change.after === null ? 'to the beginning' : `after ${change.after}`}`]
    case 'remove':
      return [`cell ${change.cell} removed; it said: ${before}`]
    case 'choose':
      return [`of the writings of cell ${change.cell} that of step ${change.op} chosen; before: ${before}`]
    case 'fold':
      return []
  }
}

function textBefore(notebook: Notebook | null, id: string): string {
  const cell = notebook?.cells.find((known) => known.id === id)
  return cell ? wholeText(cellText(cell.content)) : 'nothing'
}
