import { APPROVAL_STATES, type ApprovalState } from '../../contract'

export const APPROVAL_TABS = ['patterns', 'requests', 'unapproved', 'activity'] as const
export type ApprovalTab = (typeof APPROVAL_TABS)[number]

export const APPROVAL_PERIODS = ['quarter', 'month', 'all'] as const
export type ApprovalPeriod = (typeof APPROVAL_PERIODS)[number]

/** What the screen of requests and decisions shows, beside the time pin. */
export type ApprovalsLook = {
  tab: ApprovalTab
  /** The time looked at, up to the newest that is held; null is the time pin, or where there is none a quarter. */
  period: ApprovalPeriod | null
  text: string
  state: ApprovalState | null
  /** Those alone that stand in a pattern. */
  unusual: boolean
  /** Those alone that were granted and not used. */
  neverUsed: boolean
  /** Patterns that are suppressed too. */
  suppressed: boolean
  /** Id of the pattern that is pointed at. */
  pattern: string | null
  /** Key of the request whose details are shown. */
  request: string | null
}

const MOST_TEXT = 200
const MOST_PATTERN = 200
const MOST_KEY = 1000

export function defaultApprovals(): ApprovalsLook {
  return { tab: 'patterns', period: null, text: '', state: null, unusual: false, neverUsed: false, suppressed: false, pattern: null, request: null }
}

/**
 * Reads `tab=&period=&text=&state=&unusual=yes&unused=yes&suppressed=yes&pattern=&request=`; undefined where all are their defaults.
 */
export function parseApprovals(fields: ReadonlyMap<string, string>): ApprovalsLook | undefined {
  const look: ApprovalsLook = {
    tab: APPROVAL_TABS.find((tab) => tab === fields.get('tab')) ?? 'patterns',
    period: APPROVAL_PERIODS.find((period) => period === fields.get('period')) ?? null,
    text: (fields.get('text') ?? '').slice(0, MOST_TEXT),
    state: APPROVAL_STATES.find((state) => state === fields.get('state')) ?? null,
    unusual: fields.get('unusual') === 'yes',
    neverUsed: fields.get('unused') === 'yes',
    suppressed: fields.get('suppressed') === 'yes',
    pattern: fields.get('pattern')?.slice(0, MOST_PATTERN) || null,
    request: fields.get('request')?.slice(0, MOST_KEY) || null,
  }
  return printApprovals(look).length > 0 ? look : undefined
}

export function printApprovals(look: ApprovalsLook): [name: string, value: string][] {
  const fields: [string, string][] = []
  if (look.tab !== 'patterns') fields.push(['tab', look.tab])
  if (look.period !== null) fields.push(['period', look.period])
  if (look.text !== '') fields.push(['text', look.text])
  if (look.state !== null) fields.push(['state', look.state])
  if (look.unusual) fields.push(['unusual', 'yes'])
  if (look.neverUsed) fields.push(['unused', 'yes'])
  if (look.suppressed) fields.push(['suppressed', 'yes'])
  if (look.pattern !== null) fields.push(['pattern', look.pattern])
  if (look.request !== null) fields.push(['request', look.request])
  return fields
}
