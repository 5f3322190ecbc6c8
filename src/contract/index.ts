export { BackendFault, FAULT_CODES } from './fault'
export type { Fault, FaultCode } from './fault'
export type { Desktop, Wire } from './desktop'
export { clientOver } from './client'
export type { Reply, Request } from './client'
export { serveOver } from './server'
export { decodeFrame, encodeFrame } from './frame'
export type * from './methods'
export type * from './address-database'
export type * from './destination'
export { ACCESS_ORDERS } from './access'
export type * from './access'
export { APPROVAL_RULES, APPROVAL_STATES, GRANT_OUTCOMES } from './approval'
export type * from './approval'
export { recordingDamaged } from './recording'
export type * from './recording'
export type * from './sign-in'
export { FINDING_LEVELS, foundWords } from './detection'
export type {
  DetectionRule,
  DetectionRules,
  DetectionRun,
  FindingDetail,
  FindingLevel,
  FindingRow,
  FoundFindings,
  RuleFileRow,
  RuleFiles,
  Suppression,
} from './detection'
export { QUICK_TAGS } from './mark'
export type * from './mark'
export type * from './moment'
export { CELL_KINDS, CLAIM_SEVERITIES, NOTEBOOK_FORMATS, NOTEBOOK_STATES, NOTEBOOK_TEMPLATES, TLP_LABELS } from './notebook'
export type * from './notebook'
export { EXPORT_FORMATS, EXPORT_MASKS, EXPORT_PARTS, EXPORT_TABLES, FORMAT_WORDS, MASK_PRESETS, MASK_WORDS, TABLE_FORMATS, TABLE_MASKS } from './export'
export type * from './export'
export { CUSTODY_ACTIONS, dueReviews } from './custody'
export type * from './custody'
export { CONTROL_FRAMEWORKS, REPORT_FORMATS, REPORT_KINDS, REPORT_ONLY } from './report'
export type * from './report'
export { BUNDLE_PROBLEMS, CHAIN_NOT_CHECKED, SEAL_PROVES } from './seal'
export type * from './seal'
