import { EXPORT_FORMATS, EXPORT_MASKS, TABLE_FORMATS, TABLE_MASKS, type Ask, type Backend, type BegunExport, type ExportFormat, type ExportMask, type ExportTable, type View } from '../../contract'

/** What is exported: the events of a view, chosen events, or a table by what it asks without which rows. */
export type Exported = { view: View } | { keys: string[] } | { table: ExportTable; ask: Record<string, unknown> }

export type ExportWish = Omit<Ask<'export.begin'>, 'view'>

/** Events are written in every format, and each with the bytes of its record. */
export function isOfEvents(what: Exported): boolean {
  return !('table' in what)
}

export function formatsOf(what: Exported): readonly ExportFormat[] {
  return isOfEvents(what) ? EXPORT_FORMATS : TABLE_FORMATS
}

export function masksOf(what: Exported): readonly ExportMask[] {
  return 'table' in what ? TABLE_MASKS[what.table] : EXPORT_MASKS
}

export async function beginExport(backend: Backend, what: Exported, { format, ...writing }: ExportWish): Promise<BegunExport> {
  if ('view' in what) return (await backend.call('export.begin', { ...what, ...writing, format })).value
  if ('keys' in what) return (await backend.call('export.beginEvents', { ...what, ...writing, format })).value
  const own = TABLE_FORMATS.find((one) => one === format)
  if (own === undefined) throw new Error(`A table has no format ${format}.`)
  return (await backend.call('export.beginTable', { ...what, ...writing, format: own })).value
}
