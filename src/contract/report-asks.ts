import { z } from 'zod'
import { id, range } from './ask-parts'
import { TLP_LABELS } from './notebook'
import { REPORT_FORMATS, REPORT_KINDS, REPORT_ONLY } from './report'

const zone = z.string().min(1).max(64)
const tlp = z.enum(TLP_LABELS)
const asked = {
  kind: z.enum(REPORT_KINDS),
  range,
  zone,
  tlp,
  text: z.string().max(2000),
  only: z.array(z.enum(REPORT_ONLY)).max(REPORT_ONLY.length),
  sample: z.strictObject({ size: z.number().int().min(1).max(1_000_000), seed: z.string().min(1).max(200) }).nullable(),
}

export const reportAsks = {
  'report.preview': z.strictObject(asked),
  'report.begin': z.strictObject({ ...asked, format: z.enum(REPORT_FORMATS) }),
  'report.read': z.strictObject({ id, part: z.enum(['report', 'head']) }),
  'report.end': z.strictObject({ id }),
  'control.sheets': z.strictObject({ range }),
  'control.begin': z.strictObject({ range, framework: z.string().min(1).max(100), zone, tlp, format: z.enum(REPORT_FORMATS) }),
} as const
