import { actBy, classify, fail, note, succeed, type Draft } from './draft'
import { readOtherPam } from './pam'

/** Reads a message of sudo, pkexec or doas: a command run, or refused, as another user. */
export function readSudo(draft: Draft, message: string): void {
  if (readOtherPam(draft, message)) {
    if (draft.category === 'authentication') draft.category = 'sudo'
    return
  }
  const text = message.trimStart()
  classify(draft, 'sudo', 'other')
  if (!readSudoCommand(draft, text) && !readPkexec(draft, text)) readDoas(draft, text)
}

const USER_END = ' : '
const SEPARATOR = ' ; '

/** `alice : [why refused ; ]TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/x`; the command may hold anything. */
function readSudoCommand(draft: Draft, text: string): boolean {
  const end = text.indexOf(USER_END)
  if (end < 0) return false
  const rest = text.slice(end + USER_END.length)
  const command = rest.startsWith('COMMAND=') ? 0 : rest.indexOf(`${SEPARATOR}COMMAND=`)
  const head = command < 0 ? rest : rest.slice(0, command)
  const reason = readFields(draft, head)
  if (command < 0 && draft.onBehalf === undefined && reason === '') return false
  draft.action = 'sudo'
  actBy(draft, text.slice(0, end))
  if (command >= 0) draft.command = rest.slice(rest.indexOf('=', command) + 1)
  draft.actionRaw = reason === '' ? 'COMMAND' : reason
  if (reason === '(command continued)') return true
  if (reason === '') succeed(draft)
  else fail(draft, reason)
  draft.severity = 'warning'
  return true
}

/** Takes `NAME=value` parts; the part that is none is the reason, when it comes before them. */
function readFields(draft: Draft, head: string): string {
  let reason = ''
  for (const part of head.split(SEPARATOR, 20)) {
    const end = nameEnd(part)
    if (end < 0) reason ||= part.trim()
    else if (end === 4 && part.startsWith('USER')) draft.onBehalf = part.slice(end + 1)
    else note(draft, part.slice(0, end).toLowerCase(), part.slice(end + 1))
  }
  return reason
}

/** Where the name of capital letters before a `=` ends, or -1. */
function nameEnd(part: string): number {
  let at = 0
  while (part.charCodeAt(at) >= 65 && part.charCodeAt(at) <= 90) at++
  return at > 0 && part.charCodeAt(at) === 61 ? at : -1
}

/** `bob: Executing command [USER=root] [TTY=/dev/pts/0] [CWD=/home/bob] [COMMAND=/bin/x]`. */
function readPkexec(draft: Draft, text: string): boolean {
  const told = /^(\S+): (Executing command|Error executing command as another user: [^[]*)/.exec(text)
  if (told === null) return false
  draft.action = 'pkexec'
  draft.actionRaw = told[2]?.startsWith('Error') === true ? 'Error executing command' : 'Executing command'
  actBy(draft, told[1] ?? '')
  if (draft.actionRaw === 'Executing command') succeed(draft)
  else fail(draft, told[2]?.split(': ')[1]?.trim())
  draft.severity = 'warning'
  for (const field of text.matchAll(/\[(USER|TTY|CWD|COMMAND)=([^[\]]*)\]/g)) {
    const [, name = '', value = ''] = field
    if (name === 'USER') draft.onBehalf = value
    else if (name === 'COMMAND') draft.command = value
    else note(draft, name === 'CWD' ? 'pwd' : 'tty', value)
  }
  return true
}

/** `bob ran command ls -l as root from /home/bob`, `command not permitted for bob: ls`, `failed auth for bob`. */
function readDoas(draft: Draft, text: string): void {
  const ran = /^(\S+) ran command ([^]*) as (\S+) from ([^]*)$/.exec(text)
  if (ran !== null) {
    draft.action = 'doas'
    draft.actionRaw = 'ran command'
    actBy(draft, ran[1] ?? '')
    draft.command = ran[2] ?? ''
    draft.onBehalf = ran[3] ?? ''
    note(draft, 'pwd', ran[4] ?? '')
    succeed(draft)
    draft.severity = 'warning'
    return
  }
  const refused = /^(command not permitted|failed auth|failed command) for (\S+?)(?:: ([^]*))?$/.exec(text)
  if (refused === null) return
  draft.action = 'doas'
  draft.actionRaw = refused[1] ?? ''
  actBy(draft, refused[2] ?? '')
  if (refused[3] !== undefined) draft.command = refused[3]
  fail(draft, refused[1])
}
