import { methodEnd, signOf, type Attempt } from './attempt'
import { actBy, classify, fail, note, succeed, type Draft } from './draft'
import { readPamFailure, readPamNotice } from './pam'
import { readUserFrom, withoutPreauth, type Peer } from './peer'
import { readConnection } from './sshd-connection'

const LEVELS = /^(?:error|fatal|warning|debug\d): /
/** First characters of those. */
const LEVEL_STARTS: ReadonlySet<number> = new Set(Buffer.from('efwd'))

/** Reads a message of sshd into the draft and answers what it says of an attempt. */
export function readSshd(draft: Draft, message: string): Attempt | null {
  const text = withoutLevel(message)
  const sign = signOf({ text, at: 0, end: text.length })
  switch (sign) {
    case 'accepted':
      readMethod(draft, text, 'Accepted ')
      succeed(draft)
      return sign
    case 'failed':
      readMethod(draft, text, 'Failed ')
      fail(draft)
      if (draft.attributes['invalidUser'] === 'true') draft.reason = 'invalid user'
      return sign
    case 'invalid':
      readInvalid(draft, text)
      return sign
    case 'pam':
      readPamFailure(draft, text)
      classify(draft, 'authentication', 'login')
      return sign
    case null:
      return isOfConnection(text) || !readOther(draft, text) ? readConnection(draft, text) : null
  }
}

/** Whether a message starts as most do that are read as those of a connection, and nothing else does. */
function isOfConnection(text: string): boolean {
  return text.startsWith('Connection ') || text.startsWith('Received ') || text.startsWith('Disconnected ')
}

function readOther(draft: Draft, text: string): boolean {
  return text.startsWith('pam_') ? readPamNotice(draft, text) : readLimit(draft, text) || readStep(draft, text) || readPamNotice(draft, text)
}

function withoutLevel(message: string): string {
  const level = LEVEL_STARTS.has(message.charCodeAt(0)) ? LEVELS.exec(message) : null
  return level === null ? message : message.slice(level[0].length)
}

/** `Failed METHOD for [invalid user] USER from HOST port N ssh2: KEY FINGERPRINT`. */
function readMethod(draft: Draft, text: string, verb: string): void {
  const start = methodEnd({ text, at: 0, end: text.length }, verb)
  const method = text.slice(verb.length, start - ' for '.length)
  classify(draft, 'authentication', 'login')
  draft.actionRaw = text.slice(0, verb.length + method.length)
  draft.authMethod = method
  readUser(draft, text.slice(start))
}

function readUser(draft: Draft, text: string): void {
  const flagged = text.startsWith('invalid user ') || text.startsWith('illegal user ')
  const unknown = flagged ? readUserFrom(text.slice('invalid user '.length), false) : null
  const peer = unknown ?? readUserFrom(text, false)
  if (unknown !== null) note(draft, 'invalidUser', 'true')
  if (peer === null) return
  actBy(draft, peer.user)
  notePeer(draft, peer)
  if (peer.rest === ' ssh2') {
    draft.attributes['protocol'] = 'ssh2'
    return
  }
  const tail = /^ (ssh\d?)(?:: (\S+) (\S+))?/.exec(peer.rest)
  note(draft, 'protocol', tail?.[1] ?? '')
  note(draft, 'keyType', tail?.[2] ?? '')
  note(draft, 'fingerprint', tail?.[3] ?? '')
}

export function notePeer(draft: Draft, peer: Peer): void {
  if (peer.host !== '') draft.ip = peer.host
  // By this name alone: one that differs from call to call is stored slowly.
  if (peer.port !== '') draft.attributes['port'] = peer.port
}

/** Every such line is a failure only by our rule: the line itself speaks of the name. */
function readInvalid(draft: Draft, text: string): void {
  classify(draft, 'authentication', 'login')
  draft.actionRaw = text.slice(0, 'Invalid user'.length)
  fail(draft, 'invalid user')
  draft.outcomeBasis = 'derived'
  note(draft, 'invalidUser', 'true')
  const peer = readUserFrom(withoutPreauth(text.slice('Invalid user '.length)), true)
  if (peer === null) return
  actBy(draft, peer.user)
  notePeer(draft, peer)
}

const EXCEEDED = 'maximum authentication attempts exceeded for '
const TOO_MANY = 'Too many authentication failures'
const LIMIT = /^(?:Disconnecting(?: .*)?: )?Too many authentication failures(?: for (.*))?$/s

/** The server's limit of attempts; no attempt of its own. */
function readLimit(draft: Draft, text: string): boolean {
  if (text.startsWith(EXCEEDED)) {
    limit(draft, 'maximum authentication attempts exceeded')
    readUser(draft, withoutPreauth(text.slice(EXCEEDED.length)))
    return true
  }
  const ending = text.includes(TOO_MANY) ? LIMIT.exec(withoutPreauth(text)) : null
  if (ending === null) return false
  if (text.startsWith('Disconnecting ')) readConnection(draft, text)
  limit(draft, TOO_MANY)
  if (ending[1] !== undefined) actBy(draft, ending[1].replace(/^(?:invalid|illegal) user /, ''))
  return true
}

function limit(draft: Draft, verb: string): void {
  classify(draft, 'authentication', 'login_limit')
  draft.actionRaw = verb
  fail(draft, verb.charAt(0).toLowerCase() + verb.slice(1))
}

const CHECK = 'input_userauth_request: '

/** Lines on the way to a sign-in that neither grant nor count as an attempt. */
function readStep(draft: Draft, text: string): boolean {
  for (const verb of ['Postponed ', 'Partial ']) {
    if (methodEnd({ text, at: 0, end: text.length }, verb) < 0) continue
    readMethod(draft, withoutPreauth(text), verb)
    draft.action = 'login_step'
    draft.reason = 'pending'
    return true
  }
  const check = text.startsWith(CHECK) ? /^input_userauth_request: (invalid|illegal) user ([^]*)$/.exec(withoutPreauth(text)) : null
  if (check !== null) {
    classify(draft, 'authentication', 'other')
    draft.actionRaw = 'input_userauth_request'
    note(draft, 'invalidUser', 'true')
    actBy(draft, check[2] ?? '')
    return true
  }
  const refused = text.startsWith('User ') && /^User ([^]*) from (\S+) not allowed because ([^]*)$/.exec(text)
  if (!refused) return false
  classify(draft, 'authentication', 'login_denied')
  draft.actionRaw = 'not allowed'
  fail(draft, refused[3])
  actBy(draft, refused[1] ?? '')
  notePeer(draft, { host: refused[2] ?? '', port: '', rest: '' })
  return true
}
