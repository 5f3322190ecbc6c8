export { BackendFault, FAULT_CODES } from './fault'
export type { Fault, FaultCode } from './fault'
export type { Desktop, Wire } from './desktop'
export { clientOver } from './client'
export type { Reply, Request } from './client'
export { serveOver } from './server'
export { decodeFrame, encodeFrame } from './frame'
export type * from './methods'
export type * from './address-database'
export { ACCESS_ORDERS } from './access'
export type * from './access'
export { APPROVAL_RULES, APPROVAL_STATES, GRANT_OUTCOMES } from './approval'
export type * from './approval'
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
