import { FINDING_LEVELS, type FindingLevel } from '../../contract'

/** What the list of findings is narrowed to, beside the time pin, and which of them is open. */
export type DetectionsLook = {
  rule: string | null
  /** None stands for all. */
  levels: readonly FindingLevel[]
  text: string
  /** Those that are suppressed too. */
  suppressed: boolean
  /** Id of the finding whose details are shown. */
  finding: string | null
}

const MOST_RULE = 500
const MOST_TEXT = 200
const FINDING = /^[0-9a-f]{64}$/

export function defaultDetections(): DetectionsLook {
  return { rule: null, levels: [], text: '', suppressed: false, finding: null }
}

/** Reads `rule=&level=high,critical&text=&suppressed=yes&finding=`; undefined where all are their defaults. */
export function parseDetections(fields: ReadonlyMap<string, string>): DetectionsLook | undefined {
  const named = new Set((fields.get('level') ?? '').split(','))
  const finding = fields.get('finding') ?? ''
  const look: DetectionsLook = {
    rule: fields.get('rule')?.slice(0, MOST_RULE) || null,
    levels: FINDING_LEVELS.filter((level) => named.has(level)),
    text: (fields.get('text') ?? '').slice(0, MOST_TEXT),
    suppressed: fields.get('suppressed') === 'yes',
    finding: FINDING.test(finding) ? finding : null,
  }
  return printDetections(look).length > 0 ? look : undefined
}

export function printDetections({ rule, levels, text, suppressed, finding }: DetectionsLook): [name: string, value: string][] {
  const fields: [string, string][] = []
  if (rule !== null) fields.push(['rule', rule])
  if (levels.length > 0) fields.push(['level', levels.join(',')])
  if (text !== '') fields.push(['text', text])
  if (suppressed) fields.push(['suppressed', 'yes'])
  if (finding !== null) fields.push(['finding', finding])
  return fields
}
