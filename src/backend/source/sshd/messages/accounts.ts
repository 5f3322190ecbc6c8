import { actBy, aimAt, classify, fail, note, succeed, type Draft } from './draft'
import { readOtherPam } from './pam'

type Rule = {
  pattern: RegExp
  action: string
  kind?: 'user' | 'group'
  /** Places in the match: whom it was done to, who did it, in which group. */
  target?: number
  actor?: number
  group?: number
  failed?: true
}

// Members of these may become root.
const ADMINISTRATORS: ReadonlySet<string> = new Set(['root', 'sudo', 'wheel', 'admin'])

/** Of shadow-utils; quotes are `'` and, in old releases, a backtick before the name. */
const RULES: readonly Rule[] = [
  { pattern: /^new user: name=([^,]*)/, action: 'user_create', target: 1 },
  { pattern: /^failed adding user [`']([^']*)'/, action: 'user_create', target: 1, failed: true },
  { pattern: /^delete user [`']([^']*)'/, action: 'user_delete', target: 1 },
  { pattern: /^change user [`']([^']*)' password/, action: 'password_change', target: 1 },
  { pattern: /^password for [`']([^']*)' changed by [`']([^']*)'/, action: 'password_change', target: 1, actor: 2 },
  { pattern: /^(?:new group|group added to \S+): name=([^,]*)/, action: 'group_create', kind: 'group', target: 1 },
  { pattern: /^(?:removed )?group [`']([^']*)' (?:removed|owned)/, action: 'group_delete', kind: 'group', target: 1 },
  { pattern: /^add [`']([^']*)' to (?:shadow )?group [`']([^']*)'/, action: 'group_add', target: 1, group: 2 },
  { pattern: /^delete [`']([^']*)' from (?:shadow )?group [`']([^']*)'/, action: 'group_remove', target: 1, group: 2 },
  { pattern: /^user (\S+) added by (\S+) to group (\S+)$/, action: 'group_add', target: 1, actor: 2, group: 3 },
  { pattern: /^user (\S+) removed by (\S+) from group (\S+)$/, action: 'group_remove', target: 1, actor: 2, group: 3 },
  { pattern: /^(?:members|administrators) of group (\S+) set by (\S+)/, action: 'group_change', group: 1, actor: 2 },
  { pattern: /^password of group (\S+) changed by (\S+)/, action: 'group_change', group: 1, actor: 2 },
  { pattern: /^group changed in \S+ \(group ([^/,)]*)/, action: 'group_change', kind: 'group', target: 1 },
  { pattern: /^(?:change|changed) user (?:name )?[`']([^']*)'/, action: 'user_change', target: 1 },
  { pattern: /^(?:lock|unlock) user [`']([^']*)' password/, action: 'user_change', target: 1 },
  { pattern: /^changed password expiry for (\S+)/, action: 'user_change', target: 1 },
  { pattern: /^user [`']([^']*)' \(login [`']([^']*)' on \S+\) switched to group/, action: 'group_switch', actor: 1 },
]

const GROUP_ACTIONS: ReadonlySet<string> = new Set(['group_add', 'group_remove', 'group_change'])
const WARNED: ReadonlySet<string> = new Set(['user_create', 'user_delete', 'password_change'])

/** Reads a message of useradd, usermod, groupadd, gpasswd, passwd and their kin. */
export function readAccounts(draft: Draft, message: string): void {
  if (readOtherPam(draft, message)) return
  classify(draft, 'account', 'other')
  for (const rule of RULES) {
    const match = rule.pattern.exec(message)
    if (match === null) continue
    apply(draft, rule, match)
    readValues(draft, message)
    return
  }
}

function apply(draft: Draft, rule: Rule, match: RegExpExecArray): void {
  const part = (place: number | undefined): string => (place === undefined ? '' : (match[place] ?? ''))
  const group = part(rule.group)
  classify(draft, GROUP_ACTIONS.has(rule.action) ? 'privilege' : 'account', rule.action)
  draft.actionRaw = match[0].split(/ ?[`'=:]/, 1)[0] ?? ''
  if (rule.failed) fail(draft)
  else succeed(draft)
  if (rule.target !== undefined) aimAt(draft, rule.kind ?? 'user', part(rule.target))
  else if (group !== '') aimAt(draft, 'group', group)
  if (rule.actor !== undefined) actBy(draft, part(rule.actor))
  note(draft, 'group', group)
  draft.severity = severityOf(draft, rule.action, group)
}

function severityOf(draft: Draft, action: string, group: string): Draft['severity'] {
  if (action === 'group_add' && ADMINISTRATORS.has(group)) return 'critical'
  return WARNED.has(action) || draft.category === 'privilege' ? 'warning' : draft.severity
}

/** `new user: name=x, UID=1001, GID=1001, home=/home/x, shell=/bin/bash, from=/dev/pts/0`. */
function readValues(draft: Draft, message: string): void {
  for (const value of message.matchAll(/, (UID|GID|home|shell|from|exit code)[=:] ?([^,]*)/g)) {
    note(draft, (value[1] ?? '').toLowerCase().replace(' ', '_'), value[2] ?? '')
  }
}
