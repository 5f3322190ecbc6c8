import type { FacetField, TimelineRow } from '../../../contract'

/** Fields that a chart can count by. */
export const FIELDS: readonly FacetField[] = ['user', 'machine', 'ip', 'action', 'category', 'outcome', 'severity', 'connection']

export type CountRow = { value: string | null; count: number }

export function isField(text: string): text is FacetField {
  return FIELDS.some((field) => field === text)
}

/** Weighted counts of rows by a field, the most first. Null for a field that rows do not carry as it is counted. */
export function countBy(rows: readonly TimelineRow[], field: FacetField): CountRow[] | null {
  if (field === 'machine') return null
  const counts = new Map<string | null, number>()
  for (const row of rows) counts.set(row[field], (counts.get(row[field]) ?? 0) + row.repeat)
  return [...counts].map(([value, count]) => ({ value, count })).toSorted((a, b) => b.count - a.count || String(a.value).localeCompare(String(b.value)))
}
