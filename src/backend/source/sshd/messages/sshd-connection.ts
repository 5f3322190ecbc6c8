import { actBy, classify, fail, note, succeed, type Draft } from './draft'
import { PREAUTH, readPeer, readUserBefore, readUserFrom, withoutPreauth } from './peer'

type Reader = (draft: Draft, text: string) => 'closed' | null

/** Reads what sshd says of connections, sessions and itself; `other` where it is nothing known. */
export function readConnection(draft: Draft, text: string): 'closed' | null {
  const space = text.indexOf(' ')
  const reader = READERS.get(space < 0 ? text : text.slice(0, space))
  return reader === undefined ? null : reader(draft, text)
}

/** The words before a peer, and whether they name a user. */
const ENDINGS: readonly [start: string, user: boolean, invalid: boolean][] = [
  ['authenticating user ', true, false],
  ['invalid user ', true, true],
  ['illegal user ', true, true],
  ['user ', true, false],
  ['', false, false],
]

/** `[authenticating|invalid] user USER HOST port N` or `HOST port N`; answers which words named the user. */
function readEnd(draft: Draft, text: string): string {
  for (const [start, named, invalid] of ENDINGS) {
    if (!text.startsWith(start)) continue
    const peer = named ? readUserBefore(text.slice(start.length)) : { ...readPeer(text), user: '' }
    if (peer === null) continue
    if (named) actBy(draft, peer.user)
    if (invalid) note(draft, 'invalidUser', 'true')
    if (peer.host !== '') draft.ip = peer.host
    note(draft, 'port', peer.port)
    return start
  }
  return ''
}

const CLOSED = 'Connection closed by '
const RESET = 'Connection reset by '
const FROM = 'Connection from '

function connection(draft: Draft, text: string): 'closed' | null {
  const isClosed = text.startsWith(CLOSED)
  if (!isClosed && !text.startsWith(RESET)) {
    if (!text.startsWith(FROM)) return null
    classify(draft, 'session', 'connect')
    draft.actionRaw = 'Connection from'
    readEnd(draft, text.slice(FROM.length))
    return null
  }
  const verb = isClosed ? CLOSED : RESET
  classify(draft, 'session', 'disconnect')
  draft.actionRaw = verb.trimEnd()
  const named = readEnd(draft, withoutPreauth(text.slice(verb.length)))
  const pending = named === 'authenticating user ' || named === 'invalid user '
  if (!pending || !isClosed || !text.endsWith(PREAUTH)) return null
  classify(draft, 'authentication', 'login')
  draft.actionRaw = `${draft.actionRaw} ${named}`.trimEnd()
  fail(draft, named === 'invalid user ' ? 'invalid user' : 'connection closed')
  draft.outcomeBasis = 'derived'
  return 'closed'
}

function disconnected(draft: Draft, text: string): null {
  classify(draft, 'session', 'disconnect')
  const from = text.startsWith('Disconnected from ') ? 'Disconnected from ' : 'Disconnecting '
  draft.actionRaw = from.trimEnd().replace(/:$/, '')
  if (text.startsWith(from)) readEnd(draft, withoutPreauth(text.slice(from.length)))
  const why = /^Disconnecting(?: .* port \d+)?: ([^]*)$/.exec(withoutPreauth(text))
  note(draft, 'disconnectReason', why?.[1] ?? '')
  return null
}

const RECEIVED = 'Received disconnect from '

function received(draft: Draft, text: string): null {
  if (text.startsWith(RECEIVED)) {
    classify(draft, 'session', 'disconnect')
    draft.actionRaw = 'Received disconnect'
    const peer = readPeer(withoutPreauth(text.slice(RECEIVED.length)))
    if (peer.host !== '') draft.ip = peer.host
    note(draft, 'port', peer.port)
    const told = /^: ?(\d+): ?([^]*)$/.exec(peer.rest)
    note(draft, 'disconnectCode', told?.[1] ?? '')
    note(draft, 'disconnectReason', told?.[2] ?? '')
    return null
  }
  const signal = /^Received (?:signal|SIG)/.exec(text)
  if (signal !== null) classify(draft, 'state', text.includes('restarting') ? 'service_restart' : 'service_stop')
  return null
}

function listening(draft: Draft, text: string): null {
  if (!text.startsWith('Server listening on ')) return null
  classify(draft, 'state', 'service_start')
  draft.actionRaw = 'Server listening'
  return null
}

/** `Starting session: shell on pts/0 for root from H port N id 0`; `Close session: user root from H port N id 0`. */
function channel(draft: Draft, text: string): null {
  const words = /^(Starting|Close) session: (?:(?:.*) for |user )([^]*)$/.exec(text)
  if (words === null) return null
  classify(draft, 'session', words[1] === 'Starting' ? 'channel_open' : 'channel_close')
  draft.actionRaw = `${words[1]} session`
  succeed(draft)
  const peer = readUserFrom(words[2] ?? '', false)
  if (peer === null) return null
  actBy(draft, peer.user)
  draft.ip = peer.host
  note(draft, 'port', peer.port)
  return null
}

/** A name server's answer that does not agree with itself: no sign-in, whatever the line shouts. */
function breakIn(draft: Draft, text: string): null {
  if (!text.includes('POSSIBLE BREAK-IN ATTEMPT')) return null
  classify(draft, 'network', 'reverse_mapping')
  draft.actionRaw = text.startsWith('Address ') ? 'Address maps' : 'reverse mapping checking'
  const address = /\[([^\][]*)\] failed|^Address (\S+) maps/.exec(text)
  const host = address?.[1] ?? address?.[2] ?? ''
  if (host !== '') draft.ip = host
  return null
}

/** Connections that never came as far as a name. */
function broken(draft: Draft, text: string): null {
  classify(draft, 'session', 'disconnect')
  const peer = /(?:from|with|for|Connection from|connection from) (\S+?)(?: port (\d+))?(?:[: ]|$)/.exec(text)
  if (peer !== null && /[.:]/.test(peer[1] ?? '')) draft.ip = (peer[1] ?? '').replace(/:$/, '')
  note(draft, 'port', peer?.[2] ?? '')
  return null
}

function subsystem(draft: Draft, text: string): null {
  const asked = /^subsystem request for (\S+)(?: by user ([^]*))?$/.exec(text)
  if (asked === null) return null
  classify(draft, 'session', 'subsystem')
  draft.actionRaw = 'subsystem request'
  if (asked[2] !== undefined) actBy(draft, asked[2])
  note(draft, 'subsystem', asked[1] ?? '')
  return null
}

/** `Accepted key ED25519 SHA256:... found at FILE`, `Found matching RSA key: ...`: listed, nobody signed in. */
function key(draft: Draft, text: string): null {
  if (!/^(?:Accepted|Found matching .*) key/.test(text)) return null
  classify(draft, 'session', 'key_match')
  note(draft, 'fingerprint', /(?:SHA256|MD5):\S+/.exec(text)?.[0] ?? '')
  return null
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Connection', connection],
  ['Disconnected', disconnected],
  ['Disconnecting', disconnected],
  ['Disconnecting:', disconnected],
  ['Received', received],
  ['Server', listening],
  ['Starting', channel],
  ['Close', channel],
  ['reverse', breakIn],
  ['Address', breakIn],
  ['Did', broken],
  ['Bad', broken],
  ['Unable', broken],
  ['Timeout', broken],
  ['Read', broken],
  ['Write', broken],
  ['banner', broken],
  ['kex_exchange_identification:', broken],
  ['ssh_dispatch_run_fatal:', broken],
  ['subsystem', subsystem],
  ['Accepted', key],
  ['Found', key],
])
