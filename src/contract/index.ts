export { BackendFault, FAULT_CODES } from './fault'
export type { Fault, FaultCode } from './fault'
export type { Desktop, Wire } from './desktop'
export { clientOver } from './client'
export type { Reply, Request } from './client'
export { serveOver } from './server'
export { decodeFrame, encodeFrame } from './frame'
export type * from './methods'
export type * from './recording'
export { FINDING_LEVELS } from './detection'
export type {
  DetectionRule,
  DetectionRules,
  DetectionRun,
  FindingDetail,
  FindingLevel,
  FindingRow,
  FoundFindings,
  Suppression,
} from './detection'
