import { actBy, aimAt, classify, fail, note, succeed, type Draft } from './draft'
import { pamBody, pamFailure, readCount } from './attempt'

/** Reads a failure reported by pam_unix into the draft; false when the message is none. */
export function readPamFailure(draft: Draft, message: string): boolean {
  const start = pamFailure({ text: message, at: 0, end: message.length })
  if (start < 0) return false
  draft.actionRaw = 'authentication failure'
  fail(draft)
  draft.repeat *= Math.max(1, readCount(message, start))
  readFields(draft, message.slice(message.indexOf(';', start) + 1))
  return true
}

const NAMES = [' logname=', ' uid=', ' euid=', ' tty=', ' ruser=', ' rhost='] as const

/** `logname= uid=0 euid=0 tty=ssh ruser= rhost=H  user=U`: in this order; the user is hostile and ends the line. */
function readFields(draft: Draft, text: string): void {
  let at = 0
  const values: string[] = []
  for (const name of NAMES) {
    const found = text.indexOf(name, at)
    if (found < 0) return
    if (at > 0) values.push(text.slice(at, found))
    at = found + name.length
  }
  const user = text.indexOf(' user=', at)
  values.push(text.slice(at, user < 0 ? text.length : user).trimEnd())
  const [logname = '', uid = '', euid = '', tty = '', ruser = '', rhost = ''] = values
  note(draft, 'logname', logname)
  note(draft, 'uid', uid)
  note(draft, 'euid', euid)
  note(draft, 'tty', tty)
  note(draft, 'ruser', ruser)
  if (rhost !== '') draft.ip = rhost
  if (user >= 0 && user + ' user='.length < text.length) actBy(draft, text.slice(user + ' user='.length))
}

/** Reads what pam_unix says beside failures; false when it is nothing known. */
export function readPamNotice(draft: Draft, message: string): boolean {
  const text = message.slice(pamBody({ text: message, at: 0, end: message.length }))
  return readSession(draft, text) || readPassword(draft, text) || readRefusal(draft, text)
}

/** Every line of PAM from a program that is not sshd: its failures are no sign-ins over the network. */
export function readOtherPam(draft: Draft, message: string): boolean {
  if (!readPamFailure(draft, message)) return readPamNotice(draft, message)
  classify(draft, 'authentication', 'authenticate')
  return true
}

function readSession(draft: Draft, text: string): boolean {
  const opened = text.startsWith('session opened for user ')
  if (!opened && !text.startsWith('session closed for user ')) return false
  classify(draft, 'session', opened ? 'session_open' : 'session_close')
  draft.actionRaw = opened ? 'session opened' : 'session closed'
  succeed(draft)
  const rest = text.slice('session opened for user '.length)
  const by = opened ? rest.lastIndexOf(' by ') : -1
  readAccount(draft, by < 0 ? rest : rest.slice(0, by))
  if (by >= 0) note(draft, 'by', rest.slice(by + 4))
  return true
}

/** `root` or, since Linux-PAM 1.4, `root(uid=0)`. */
function readAccount(draft: Draft, text: string): void {
  const uid = text.endsWith(')') ? /\(uid=(\d+)\)$/.exec(text) : null
  actBy(draft, uid === null ? text : text.slice(0, uid.index))
  note(draft, 'uid', uid?.[1] ?? '')
}

function readPassword(draft: Draft, text: string): boolean {
  const changed = 'password changed for '
  if (!text.startsWith(changed)) return false
  classify(draft, 'account', 'password_change')
  draft.actionRaw = 'password changed'
  succeed(draft)
  draft.severity = 'warning'
  aimAt(draft, 'user', text.slice(changed.length))
  return true
}

const REFUSALS = /^account (.*) has (?:password changed in future|expired)|^expired password for user (\S+)/

function readRefusal(draft: Draft, text: string): boolean {
  if (text.startsWith('check pass; ') || text.startsWith('bad username ')) {
    classify(draft, 'authentication', 'other')
    return true
  }
  const refused = text.startsWith('account ') || text.startsWith('expired ') ? REFUSALS.exec(text) : null
  if (refused === null) return false
  classify(draft, 'authentication', 'login_denied')
  fail(draft, 'expired')
  actBy(draft, refused[1] ?? refused[2] ?? '')
  return true
}
