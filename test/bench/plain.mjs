import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

// The yardstick: a script as one would write it for the day, that reads the same lines and matches each with the patterns
// of the same messages, in the order of EVENTS.md.

const HEADER = /^(?<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (?<host>\S+) (?<program>[^\s:[]+)(?:\[(?<pid>\d+)\])?: (?<message>.*)$/

const SSHD = [
  ['accepted', /^Accepted (?<method>\S+) for (?<user>.*) from (?<ip>\S+) port (?<port>\d+)/],
  ['failed', /^(?:message repeated (?<times>\d+) times: \[ )?Failed (?<method>\S+) for (?:invalid user )?(?<user>.*) from (?<ip>\S+) port (?<port>\d+)/],
  ['invalid', /^Invalid user (?<user>.*) from (?<ip>\S+)/],
  ['pam', /^pam_unix.*: authentication failure; .* rhost=(?<ip>\S*)(?:\s+user=(?<user>.*))?/],
  ['more', /^PAM (?<times>\d+) more authentication failures?; .* rhost=(?<ip>\S*)(?:\s+user=(?<user>.*))?/],
  ['closed', /^Connection closed by (?:authenticating|invalid) user (?<user>.*) (?<ip>\S+) port (?<port>\d+)/],
  ['limit', /maximum authentication attempts exceeded for (?:invalid user )?(?<user>.*) from (?<ip>\S+)|Too many authentication failures/],
  ['session', /session (?<what>opened|closed) for user (?<user>[^\s(]+)/],
  ['disconnect', /^(?:Received disconnect|Disconnected) from (?:user (?<user>\S+) )?(?<ip>\S+) port (?<port>\d+)/],
  ['connection', /^Connection (?:closed|reset) by (?<ip>\S+) port (?<port>\d+)/],
]
const SUDO = [
  ['command', /^\s*(?<user>\S+) : (?:(?<reason>[^=]*) ; )?TTY=(?<tty>\S+) ; PWD=(?<pwd>.*?) ; USER=(?<as>\S+) ; COMMAND=(?<command>.*)$/],
  ['session', /session (?<what>opened|closed) for user (?<user>[^\s(]+)/],
]
const PROGRAMS = {
  sshd: SSHD,
  sudo: SUDO,
  su: [['su', /^\(to (?<as>\S+)\) (?<user>\S+) on/], ['session', /session (?<what>opened|closed) for user (?<user>[^\s(]+)/]],
  useradd: [['user_create', /^new user: name=(?<user>[^,]*)/]],
  usermod: [['group_add', /^add '(?<user>[^']*)' to group '(?<group>[^']*)'/]],
  passwd: [['password_change', /password changed for (?<user>.*)$/]],
  CRON: [['session', /session (?<what>opened|closed) for user (?<user>[^\s(]+)/]],
  'systemd-logind': [['session_start', /^New session (?<session>\S+) of user (?<user>.*)\.$/]],
}

/** Reads a log; answers how many lines it has, how many were understood, and the sum of a few captured groups' lengths. */
export async function readPlainly(path) {
  const seen = { lines: 0, matched: 0, captured: 0 }
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    seen.lines++
    const header = HEADER.exec(line)?.groups
    const patterns = header && PROGRAMS[header.program]
    if (!patterns) continue
    for (const [, pattern] of patterns) {
      const found = pattern.exec(header.message)?.groups
      if (!found) continue
      seen.matched++
      seen.captured += (found.user ?? '').length + (found.ip ?? '').length + header.time.length + header.host.length
      break
    }
  }
  return seen
}
