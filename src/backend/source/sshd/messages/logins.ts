import { actBy, classify, fail, note, succeed, type Draft } from './draft'
import { readOtherPam } from './pam'

/** `(to root) bob on pts/0`, `FAILED SU (to root) bob on pts/0`, `Successful su for root by bob`, `+ pts/0 bob:root` */
const SU_FORMS: readonly { pattern: RegExp; target: number; actor: number; failed: boolean }[] = [
  { pattern: /^\(to (.*?)\) (.*) on \S+$/, target: 1, actor: 2, failed: false },
  { pattern: /^FAILED SU \(to (.*?)\) (.*) on \S+$/, target: 1, actor: 2, failed: true },
  { pattern: /^Successful su for (\S+) by (\S+)$/, target: 1, actor: 2, failed: false },
  { pattern: /^FAILED su for (\S+) by (\S+)$/, target: 1, actor: 2, failed: true },
  { pattern: /^\+ \S+ ([^:]*)[:-](.*)$/, target: 2, actor: 1, failed: false },
  { pattern: /^- \S+ ([^:]*)[:-](.*)$/, target: 2, actor: 1, failed: true },
]

export function readSu(draft: Draft, message: string): void {
  if (readOtherPam(draft, message)) {
    if (draft.category === 'authentication') draft.category = 'sudo'
    return
  }
  classify(draft, 'sudo', 'other')
  for (const form of SU_FORMS) {
    const match = form.pattern.exec(message)
    if (match === null) continue
    draft.action = 'su'
    draft.actionRaw = form.failed ? 'FAILED su' : 'su'
    if (form.failed) fail(draft)
    else succeed(draft)
    actBy(draft, match[form.actor] ?? '')
    draft.onBehalf = match[form.target] ?? ''
    return
  }
}

/** Sign-ins at the machine itself; those over the network are `login`, these `console_login`. */
export function readLogin(draft: Draft, message: string): void {
  if (readOtherPam(draft, message)) return
  const failed = /^FAILED LOGIN (?:SESSION|\(?\d+\)?) (?:FROM|on) (\S+) FOR '?(.*?)'?, ([^]*)$/.exec(message)
  if (failed !== null) {
    classify(draft, 'authentication', 'console_login')
    draft.actionRaw = 'FAILED LOGIN'
    fail(draft, failed[3])
    actBy(draft, (failed[2] ?? '').trim())
    note(draft, 'tty', (failed[1] ?? '').replace(/^'|'$/g, ''))
    return
  }
  const worked = /^(ROOT LOGIN|LOGIN) +(?:ON|on) (\S+)(?: BY (\S+))?/.exec(message)
  if (worked === null) {
    readPasswordCheck(draft, message)
    return
  }
  classify(draft, 'authentication', 'console_login')
  draft.actionRaw = worked[1] ?? ''
  succeed(draft)
  actBy(draft, worked[1] === 'ROOT LOGIN' ? 'root' : (worked[3] ?? ''))
  note(draft, 'tty', (worked[2] ?? '').replace(/^'|'$/g, ''))
}

function readPasswordCheck(draft: Draft, message: string): void {
  classify(draft, 'authentication', 'other')
  const checked = /^password check failed for user \((.*)\)$/.exec(message)
  if (checked === null) return
  draft.action = 'authenticate'
  draft.actionRaw = 'password check failed'
  fail(draft)
  actBy(draft, checked[1] ?? '')
}

const SESSION_OPENED = /^New session '?(\S+?)'? of user '?(.*?)'?(?: with class .*)?\.$/
const SESSION_CLOSED = /^(Removed session|Session) '?(\S+?)'?(?:\.| logged out)/

export function readLogind(draft: Draft, message: string): void {
  if (readOtherPam(draft, message)) return
  classify(draft, 'state', 'other')
  const opened = SESSION_OPENED.exec(message)
  if (opened !== null) {
    readSessionOf(draft, { action: 'session_start', raw: 'New session', session: opened[1] })
    actBy(draft, opened[2] ?? '')
    return
  }
  const closed = SESSION_CLOSED.exec(message)
  if (closed === null) return
  const isLogout = closed[1] === 'Session'
  const [action, raw] = isLogout ? ['logout', 'logged out'] : ['session_end', 'Removed session']
  readSessionOf(draft, { action, raw, session: closed[2] })
}

function readSessionOf(draft: Draft, { action, raw, session }: { action: string; raw: string; session: string | undefined }): void {
  classify(draft, 'session', action)
  draft.actionRaw = raw
  succeed(draft)
  draft.session = session ?? ''
}

const POLKIT_WORKED = /^Operator of \S+ successfully authenticated as unix-user:(\S+) to gain \S+ authorization /
const POLKIT_FAILED = /^Operator of \S+ FAILED to authenticate to gain authorization /
const POLKIT_ACTION = /^for action (\S+) for (.*?)(?: \(owned by unix-user:(.*)\))?$/

export function readPolkit(draft: Draft, message: string): void {
  if (readOtherPam(draft, message)) return
  classify(draft, 'state', 'other')
  const worked = POLKIT_WORKED.exec(message)
  const told = worked ?? POLKIT_FAILED.exec(message)
  if (told === null) return
  classify(draft, 'privilege', 'authorize')
  draft.actionRaw = worked === null ? 'FAILED to authenticate' : 'successfully authenticated'
  if (worked === null) fail(draft)
  else {
    succeed(draft)
    draft.onBehalf = worked[1] ?? ''
  }
  const [, action = '', process = '', owner] = POLKIT_ACTION.exec(message.slice(told[0].length)) ?? []
  note(draft, 'polkitAction', action)
  note(draft, 'process', process)
  if (owner !== undefined) actBy(draft, owner)
}
