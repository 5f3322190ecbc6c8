import type { AuditEvent, Category } from '../../../domain'

// Classes of OCSF 1.8.0 that audit records become, with the captions of the activities that are used.

export type OcsfClass = { uid: number; name: string; categoryUid: number; category: string; activities: Readonly<Record<number, string>> }

const SYSTEM = { categoryUid: 1, category: 'System Activity' }
const IAM = { categoryUid: 3, category: 'Identity & Access Management' }
const NETWORK = { categoryUid: 4, category: 'Network Activity' }
const APPLICATION = { categoryUid: 6, category: 'Application Activity' }

export const OCSF_CLASSES = {
  process: { uid: 1007, name: 'Process Activity', ...SYSTEM, activities: { 1: 'Launch' } },
  account: {
    uid: 3001,
    name: 'Account Change',
    ...IAM,
    activities: { 1: 'Create', 2: 'Enable', 3: 'Password Change', 4: 'Password Reset', 5: 'Disable', 6: 'Delete', 9: 'Lock', 12: 'Unlock' },
  },
  authentication: { uid: 3002, name: 'Authentication', ...IAM, activities: { 1: 'Logon', 2: 'Logoff' } },
  authorize: { uid: 3003, name: 'Authorize Session', ...IAM, activities: { 1: 'Assign Privileges' } },
  entity: {
    uid: 3004,
    name: 'Entity Management',
    ...IAM,
    activities: { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete', 5: 'Move', 6: 'Enroll', 7: 'Unenroll', 8: 'Enable', 9: 'Disable', 12: 'Suspend', 13: 'Resume' },
  },
  access: { uid: 3005, name: 'User Access Management', ...IAM, activities: { 1: 'Assign Privileges', 2: 'Revoke Privileges' } },
  group: { uid: 3006, name: 'Group Management', ...IAM, activities: { 3: 'Add User', 4: 'Remove User', 5: 'Delete', 6: 'Create' } },
  ssh: { uid: 4007, name: 'SSH Activity', ...NETWORK, activities: { 1: 'Open', 2: 'Close' } },
  tunnel: { uid: 4014, name: 'Tunnel Activity', ...NETWORK, activities: { 1: 'Open', 2: 'Close', 3: 'Renew' } },
  lifecycle: { uid: 6002, name: 'Application Lifecycle', ...APPLICATION, activities: { 1: 'Install', 2: 'Remove', 3: 'Start', 4: 'Stop', 5: 'Restart' } },
  api: { uid: 6003, name: 'API Activity', ...APPLICATION, activities: { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete' } },
  file: {
    uid: 6006,
    name: 'File Hosting Activity',
    ...APPLICATION,
    activities: { 1: 'Upload', 2: 'Download', 3: 'Update', 4: 'Delete', 5: 'Rename', 6: 'Copy', 7: 'Move' },
  },
} as const satisfies Record<string, OcsfClass>

export type OcsfClassName = keyof typeof OCSF_CLASSES

/** Activity 99: something that the class has no number for. */
export const OTHER = 99

type Rule = readonly [pattern: RegExp, name: OcsfClassName, activity: number]

const GROUPS: readonly Rule[] = [
  [/^group_.*add/, 'group', 3],
  [/^group_remove/, 'group', 4],
  [/^group_delete/, 'group', 5],
  [/^group_create/, 'group', 6],
  [/^group/, 'group', OTHER],
]

const MADE: readonly Rule[] = [
  [/delet|remov|destroy|drop/, 'api', 4],
  [/creat|add|insert|regist/, 'api', 1],
  [/read|search|list|view|get|export|select/, 'api', 2],
  [/chang|updat|edit|modif|set|renam|renew|move/, 'api', 3],
]

/** By category: the first pattern that the action has decides; else the last word of the row. */
const RULES: Readonly<Record<Category, { rules: readonly Rule[]; other: OcsfClassName }>> = {
  authentication: { rules: [[/logout|logoff|sign.?out/, 'authentication', 2], [/refresh|select|limit/, 'authentication', OTHER], [/log|sign|verify|otp|mfa/, 'authentication', 1]], other: 'authentication' },
  token: { rules: [[/refresh/, 'authentication', OTHER]], other: 'account' },
  account: {
    rules: [
      [/^organi[sz]ation_.*creat/, 'entity', 1],
      [/^organi[sz]ation_.*(?:delet|remov)/, 'entity', 4],
      [/^organi[sz]ation/, 'entity', 3],
      ...GROUPS,
      [/invite/, 'group', 3],
      [/password_reset/, 'account', 4],
      [/password/, 'account', 3],
      [/unlock/, 'account', 12],
      [/enable/, 'account', 2],
      [/lock/, 'account', 9],
      [/disable|suspend/, 'account', 5],
      [/delet|remov/, 'account', 6],
      [/creat|signup|add/, 'account', 1],
    ],
    other: 'account',
  },
  privilege: {
    rules: [
      [/member_?add|invite/, 'group', 3],
      [/member_?remove|remove_member/, 'group', 4],
      ...GROUPS,
      [/revok|remov|delet/, 'access', 2],
      [/role|grant|assign|rais|chang|creat/, 'access', 1],
    ],
    other: 'access',
  },
  session: { rules: [[/disconnect|close|end|stop/, 'ssh', 2], [/connect|open|start/, 'ssh', 1]], other: 'ssh' },
  network: { rules: [[/tunnel.*(?:close|delet|remov|stop)/, 'tunnel', 2], [/tunnel.*renew/, 'tunnel', 3], [/tunnel.*(?:open|creat|start)/, 'tunnel', 1], [/tunnel/, 'tunnel', OTHER], ...MADE], other: 'api' },
  command: { rules: [], other: 'process' },
  sudo: { rules: [[/grant/, 'authorize', 1]], other: 'process' },
  file: {
    rules: [[/upload|send|put/, 'file', 1], [/download|get|read/, 'file', 2], [/delet|remov/, 'file', 4], [/renam/, 'file', 5], [/copy/, 'file', 6], [/move/, 'file', 7], [/chang|updat|edit|write/, 'file', 3]],
    other: 'file',
  },
  resource: {
    rules: [
      [/uninstall/, 'lifecycle', 2],
      [/install/, 'lifecycle', 1],
      [/restart/, 'lifecycle', 5],
      [/start/, 'lifecycle', 3],
      [/stop|shutdown/, 'lifecycle', 4],
      [/unenrol/, 'entity', 7],
      [/enrol/, 'entity', 6],
      [/enable/, 'entity', 8],
      [/disable/, 'entity', 9],
      [/suspend/, 'entity', 12],
      [/resume/, 'entity', 13],
      [/delet|remov|destroy/, 'entity', 4],
      [/move/, 'entity', 5],
      [/creat|add|regist/, 'entity', 1],
      [/read|list|view|get/, 'entity', 2],
      [/chang|updat|edit|renam|set/, 'entity', 3],
    ],
    other: 'entity',
  },
  approval: { rules: [], other: 'api' },
  config: { rules: MADE, other: 'api' },
  search: { rules: [[/./, 'api', 2]], other: 'api' },
  state: { rules: MADE, other: 'api' },
  other: { rules: MADE, other: 'api' },
}

/** Class and activity of a record. A class whose one activity is meant has that one; else what fits none is 99. */
export function ocsfClassOf({ category, action }: Pick<AuditEvent, 'category' | 'action'>): { name: OcsfClassName; activity: number } {
  const { rules, other } = RULES[category]
  const word = action.toLowerCase()
  const rule = rules.find(([pattern]) => pattern.test(word))
  if (rule) return { name: rule[1], activity: rule[2] }
  return { name: other, activity: other === 'process' ? 1 : OTHER }
}
