import type { ApprovalRule, FindingLevel } from '../../../contract'

export type ApprovalRuleText = { title: string; level: FindingLevel; description: string; parameters: [name: string, value: string][] }

/** Of each rule what there is to say before anything is looked at. `level` is the highest that it gives. */
export const APPROVAL_RULE_TEXTS: Readonly<Record<ApprovalRule, ApprovalRuleText>> = {
  'approval.self': {
    title: 'Own request decided',
    level: 'high',
    description: 'Who asked for access, or prepared the request, is who decided it.',
    parameters: [['Compares', 'id, name and e-mail, in any case']],
  },
  'approval.reciprocal': {
    title: 'Two people approve each other',
    level: 'medium',
    description: 'Two people approve requests of each other within a day, several times within a month.',
    parameters: [['Pairs', 'at least 3 within 30 days'], ['Apart', 'at most 24 h']],
  },
  'approval.same_source': {
    title: 'Asked and decided from one address',
    level: 'high',
    description: 'A request and its decision come from the same address, by different people.',
    parameters: [['Compares', 'addresses, where a server gives both']],
  },
  'approval.fresh_approver': {
    title: 'Approver made by the requester',
    level: 'high',
    description: 'Whoever decides got the role for it shortly before, from the one who asked.',
    parameters: [['Role', 'at most 7 days old']],
  },
  'approval.rubber_stamp.decision': {
    title: 'Decision made at once',
    level: 'medium',
    description: 'A decision comes much sooner after the request than decisions of its kind do.',
    parameters: [['Time', 'under 10 s, or modified z of its logarithm below -3.5'], ['From', '20 decisions on']],
  },
  'approval.rubber_stamp.approver': {
    title: 'Approver who decides at once or never rejects',
    level: 'medium',
    description: 'Somebody decides within 30 s far more often than others, or rejects nothing where others do.',
    parameters: [['Fast', 'Fisher, one-sided, 1 % false discovery, from 20 decisions on'], ['No rejection', 'chance below 0.01, from 30 decisions on']],
  },
  'approval.batch': {
    title: 'Many approvals at once',
    level: 'medium',
    description: 'One person approves many requests within a minute.',
    parameters: [['Approvals', 'at least 5 within 60 s']],
  },
  'approval.off_hours': {
    title: 'Decision at unusual hours',
    level: 'medium',
    description: 'A decision is made when the organisation hardly asks or decides, or when its approver hardly does. Medium for production and privileged roles, else low.',
    parameters: [['Hours', 'under 1 % of the hour and its neighbours'], ['From', '50 requests and decisions on']],
  },
  'approval.concentration': {
    title: 'Decisions lie with one person',
    level: 'medium',
    description: 'One person makes most decisions, or decisions lie with fewer people than in the quarter before.',
    parameters: [['Share', 'above 0.5, of at least 3 approvers and 20 decisions'], ['Rise', 'of Herfindahl-Hirschman above 0.15 in 90 days']],
  },
  'approval.pair': {
    title: 'One approver for one requester',
    level: 'medium',
    description: 'One person decides requests of another far more often than requests of everybody else.',
    parameters: [['Decisions', 'at least 5, of a requester with 10'], ['Chance', 'binomial, 1 % false discovery over all pairs']],
  },
  'approval.volume': {
    title: 'Unusually many decisions on one day',
    level: 'medium',
    description: 'A person decides far more on a working day than on the twenty before.',
    parameters: [['Decisions', 'at least 5'], ['Chance', 'Poisson or negative binomial, below 1e-4']],
  },
  'approval.scope_growth': {
    title: 'Request far wider than before',
    level: 'medium',
    description: 'A request asks for far more than its requester did before, or for several things that nobody asked for before.',
    parameters: [['Size', 'above the median by 3.5 scaled deviations of the last 30 (from 8 on), and twice the largest of 90 days'], ['New', 'at least 3 machines or roles']],
  },
  'approval.scope_mismatch': {
    title: 'Access used beyond its grant',
    level: 'high',
    description: 'A session leaves the person, the machine or the time of its grant, or more was granted than asked for.',
    parameters: [['Machine', 'of sessions within 60 m of a grant that is not used']],
  },
  'approval.justification': {
    title: 'Little reason for a request',
    level: 'low',
    description: 'A request has no reason, a very short one, or the same one again and again.',
    parameters: [['Short', 'under 10 characters'], ['Same', 'at least 5 times within 30 days']],
  },
  'approval.reject_then_approve': {
    title: 'Rejected, then approved by another',
    level: 'medium',
    description: 'A request is rejected, and within a day somebody else approves the same.',
    parameters: [['Within', '24h']],
  },
}
