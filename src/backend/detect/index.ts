export {
  ApprovalDesk,
  APPROVAL_RULE_TEXTS,
  BY_REQUEST,
  inSlices,
  isSelf,
  latencyOf,
  outsideWords,
  patternSpan,
  summarise,
  wantedRequests,
  wantedVisits,
  type Judged,
  type JudgedPattern,
  type LookAsked,
  type Population,
  type Request,
  type Unapproved,
  type Uses,
  type Visit,
} from './approvals'
export { DetectionDesk } from './desk'
export { detect, type Rules } from './detect'
export { levelRank, type Finding } from './finding'
export type { JudgedFinding } from './judged'
export { ownRules } from './pack'
export { RuleShelf } from './rule-shelf'
export { compileRules, isLevel, LEVELS, type Level, type Refusal, type RuleFile } from './sigma'
export { LEAST_SETTING, LEVELS_SETTING, MOST_SUPPRESSIONS, readLevels, readNotifyLevel, readSuppressions, SUPPRESSIONS, withoutSuppression, withSuppression } from './suppressions'
export { workspaceFindings } from './workspace-findings'
