import { mix } from '../data/random'
import type { Fault } from '../options'
import { movingTotals, slow, truncatedJson } from './deliveries'
import { equalTimestamps } from './equal-timestamps'
import type { FaultParts, Setup } from './parts'
import { duplicateIds, hugeRecord, lateRows, recordChanges, recordVanishes } from './records'
import { badGateway, htmlNotFound, redirect, tiredToken, tooMany } from './refusals'

const CLAMP = 25

/** What each fault does. Where several refuse a request, the first of the table does. */
export const FAULT_TABLE: Readonly<Record<Fault, (setup: Setup) => FaultParts>> = {
  '401-mid-walk': tiredToken,
  '429-seconds': tooMany('seconds'),
  '429-date': tooMany('date'),
  redirect,
  '502-text': badGateway,
  'html-404': htmlNotFound,
  'shifting-offsets': () => ({ notesGets: true }),
  'equal-timestamps': equalTimestamps,
  'late-rows': lateRows,
  'clamped-limit': () => ({ limit: (asked) => (asked > CLAMP ? CLAMP : asked) }),
  'ignored-window': () => ({ ignoresWindow: true }),
  // Some more machines than the server keeps closed anyway, for good.
  '403-machines': ({ plan }) => ({ locked: (machine) => mix(plan.seed ^ 0x403, machine) % 6 === 0 }),
  'duplicate-ids': duplicateIds,
  'moving-totals': movingTotals,
  'record-changes': recordChanges,
  'record-vanishes': recordVanishes,
  'huge-record': hugeRecord,
  'truncated-json': truncatedJson,
  slow,
}
