import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LogBook, seeded } from './log-lines'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** When the attack of the incident log begins. */
export const ATTACK_AT = Date.UTC(2026, 1, 6, 2, 11)
/** The attacker's address, and the account that lets him in at last. */
export const ATTACKER = '203.0.113.77'
export const VICTIM = 'backup'
/** When the file was written last: this is where its year comes from. */
export const WRITTEN_AT = Date.UTC(2026, 1, 7)

const PEOPLE = ['alice', 'bob', 'carol', 'dora', 'emil']
const GUESSED = ['admin', 'oracle', 'test', 'ubuntu', 'guest', 'postgres']

/**
 * Three days of a bastion: people who come and go, and in the last night an attack that ends with a sign-in. `seed`
 * gives another log of the same shape.
 */
export function incidentLog({ seed = 1, host = 'bastion-01' } = {}): LogBook {
  const log = new LogBook(host)
  const random = seeded(seed)
  quietDays(log, random)
  attack(log, random)
  log.put({ bytes: Buffer.from('-- this line lost its head --'), time: ATTACK_AT, role: 'rejected' })
  log.put({ bytes: Buffer.from('Feb 31 02:11:00 bastion-01 sshd[1]: no such day'), time: ATTACK_AT, role: 'rejected' })
  return log
}

function quietDays(log: LogBook, random: () => number): void {
  const start = Date.UTC(2026, 1, 4)
  for (let visit = 0; visit < 120; visit++) {
    const time = start + Math.floor(((visit + random() * 0.5) * 2 * DAY) / 120)
    const number = Math.floor(random() * PEOPLE.length)
    const user = PEOPLE[number] ?? ''
    const ip = `10.0.0.${5 + number}`
    const pid = 2000 + visit
    const port = 40_000 + visit
    const key = `ssh2: ED25519 SHA256:${'k'.repeat(43)}`
    const command = `TTY=pts/0 ; PWD=/home/${user} ; USER=root ; COMMAND=/usr/bin/systemctl status unit-${visit}`
    const worked = { outcome: 'success', user } as const
    log.add(time, `sshd[${pid}]: Accepted publickey for ${user} from ${ip} port ${port} ${key}`, { ...worked, ip })
    log.add(time + SECOND, `sudo:    ${user} : ${command}`, worked)
    log.add(time + 2 * SECOND, `kernel: [${visit}.000001] usb 1-1: new device`, { role: 'skipped' })
    log.add(time + 10 * MINUTE, `sshd[${pid}]: Disconnected from user ${user} ${ip} port ${port}`, { user, ip })
  }
}

function attack(log: LogBook, random: () => number): void {
  const ip = ATTACKER
  for (let guess = 0; guess < 90; guess++) {
    const time = ATTACK_AT + guess * 3 * SECOND
    const pid = 5000 + guess
    const port = 50_000 + guess
    const user = GUESSED[Math.floor(random() * GUESSED.length)] ?? ''
    const failed = { outcome: 'failure', user, ip } as const
    const beside = { ...failed, role: 'companion' } as const
    log.add(time, `sshd[${pid}]: Invalid user ${user} from ${ip} port ${port}`, beside)
    log.add(time, `sshd[${pid}]: Failed password for invalid user ${user} from ${ip} port ${port} ssh2`, failed)
    const peer = `${user} ${ip} port ${port}`
    log.add(time + SECOND, `sshd[${pid}]: Connection closed by invalid user ${peer} [preauth]`, beside)
  }
  const end = ATTACK_AT + 5 * MINUTE
  const words = `Failed password for root from ${ip} port 60000 ssh2`
  const failed = { outcome: 'failure', user: 'root', ip } as const
  log.add(end, `sshd[6000]: ${words}`, failed)
  log.add(end + 9 * SECOND, `sshd[6000]: message repeated 4 times: [ ${words}]`, { ...failed, repeat: 4 })
  const worked = { outcome: 'success', user: VICTIM } as const
  log.add(end + MINUTE, `sshd[6100]: Accepted password for ${VICTIM} from ${ip} port 60100 ssh2`, { ...worked, ip })
  const command = 'TTY=pts/1 ; PWD=/tmp ; USER=root ; COMMAND=/usr/bin/passwd root'
  log.add(end + 2 * MINUTE, `sudo:   ${VICTIM} : ${command}`, worked)
}

/** Lines that try to do something where they are shown: a terminal, a spreadsheet, a reader's eye. */
export function hostileLog(): LogBook {
  const log = new LogBook('edge-01')
  const time = Date.UTC(2026, 1, 6, 12)
  const ip = '198.51.100.9'
  const fail = (at: number, user: Buffer | string) => {
    const text = Buffer.concat([
      Buffer.from('sshd[70]: Failed password for invalid user '),
      Buffer.from(user),
      Buffer.from(` from ${ip} port 4444 ssh2`),
    ])
    log.add(time + at * SECOND, text, { outcome: 'failure', user: user.toString(), ip })
  }
  fail(0, HOSTILE_NAME)
  fail(1, `=HYPERLINK("http://example.test/","x")`)
  fail(2, '+1+1')
  fail(3, '@SUM(1)')
  fail(4, '<img src=x onerror=alert(1)>')
  fail(5, 'quoted ", name')
  return log
}

/** NUL, a terminal's colour, a byte that is no UTF-8, a right-to-left override. */
export const HOSTILE_NAME = Buffer.concat([
  Buffer.from('a\u0000b\u001b[31mred'),
  Buffer.from([0xff]),
  Buffer.from('\u202egpj.exe'),
])

/** Writes a log where a person could choose it, last written when its year says. */
export function writeLog(folder: string, name: string, content: LogBook | Buffer): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content instanceof LogBook ? content.bytes() : content)
  utimesSync(path, WRITTEN_AT / 1000, WRITTEN_AT / 1000)
  return path
}
