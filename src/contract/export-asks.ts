import { z } from 'zod'
import { id, view } from './ask-parts'
import { EXPORT_FORMATS, EXPORT_MASKS, EXPORT_PARTS, EXPORT_TABLES, TABLE_FORMATS } from './export'

const writing = {
  /** What is taken out of every row. */
  masks: z.array(z.enum(EXPORT_MASKS)).max(EXPORT_MASKS.length).exactOptional(),
  /** CSV alone: cells as they are, also where a spreadsheet would take one for a formula. */
  raw: z.boolean().exactOptional(),
}

export const exportAsks = {
  'export.begin': z.strictObject({ view, format: z.enum(EXPORT_FORMATS), ...writing }),
  'export.beginEvents': z.strictObject({ keys: z.array(z.string().min(1).max(20_000)).min(1).max(10_000), format: z.enum(EXPORT_FORMATS), ...writing }),
  'export.beginTable': z.strictObject({
    table: z.enum(EXPORT_TABLES),
    /** The ask that the table's own method takes, without which rows. */
    ask: z.record(z.string().max(50), z.unknown()),
    format: z.enum(TABLE_FORMATS),
    ...writing,
  }),
  'export.read': z.strictObject({ id, part: z.enum(EXPORT_PARTS).exactOptional() }),
  'export.end': z.strictObject({ id }),
}
