import { below, type Random } from '../data/random'
import type { Machine, Person } from '../data/organisation'
import { clockOf, many } from './program'
import { between, BELL, colour, ESC, left, lines, right } from './text'
import type { Frame } from './tape'

export type Prompt = {
  /** As it is printed, and how many columns that takes. */
  text: string
  indent: number
  /** What comes around it and takes no room. */
  before: string
  after: string
}

type At = { person: Person; machine: Machine; folder: string; exit: number }

/** By habit: as the system has it, plain, or with the exit code and the marks of OSC 133. */
export function promptOf({ person, machine, folder, exit }: At): Prompt {
  const { username, habit } = person
  const at = `${username}@${machine.name}`
  const paste = `${ESC}[?2004h`
  if (habit % 3 === 1) {
    const text = `[${at} ${folder.split('/').at(-1) || '/'}]$ `
    return { text, indent: text.length, before: paste, after: '' }
  }
  const code = habit % 3 === 2 && exit !== 0 ? `${exit} ` : ''
  const text = `${code === '' ? '' : colour('1;31', code)}${colour('01;32', at)}:${colour('01;34', folder)}$ `
  const title = `${ESC}]0;${at}: ${folder}${BELL}`
  const marks = habit % 3 === 2
  return {
    text,
    indent: `${code}${at}:${folder}$ `.length,
    before: `${paste}${title}${marks ? `${ESC}]133;A${BELL}` : ''}`,
    after: marks ? `${ESC}]133;B${BELL}` : '',
  }
}

const POLICY = [
  'This system is for the work of its owners and those they let in. What is typed and shown',
  'here is recorded and may be looked at by security and audit. Whoever goes on agrees to it.',
  'Report what seems wrong to security@fernhill.test; changes on machines of production need',
  'a ticket, which is to be named in the commands that make them.',
]

/** What a machine says to somebody who comes in. */
export function banner(random: Random, { person, machine }: Omit<At, 'folder' | 'exit'>, at: number): Frame[] {
  const { day, time } = clockOf(at)
  const rule = colour('2', '─'.repeat(92))
  const share = () => between(random, 4, 93)
  const facts = [
    ['System load', (random() * 2).toFixed(2), 'Processes', String(between(random, 130, 300))],
    ['Usage of /', `${share()}% of 58.4GB`, 'Users logged in', String(between(random, 1, 4))],
    ['Memory usage', `${share()}%`, 'IPv4 address for eth0', machine.ip],
    ['Swap usage', '0%', 'Role', machine.role],
  ].map(([a = '', b = '', c = '', d = '']) => `  ${left(`${a}:`, 16)}${left(b, 24)}${left(`${c}:`, 26)}${d}`)
  const usage = ['/', '/srv', '/var/log', '/backup'].map((mount) => {
    const used = share()
    const filled = Math.round(used / 2.5)
    return `  ${left(mount, 12)} ${colour(used > 80 ? '31' : '32', '█'.repeat(filled))}${colour('2', '░'.repeat(40 - filled))} ${right(used, 3)}%`
  })
  const logins = many(36, (row) => {
    const before = clockOf(at - (row + random()) * 9_000_000)
    return `  ${left(row % 2 === 0 ? person.username : 'svc-monitor', 18)} pts/${left(row, 2)}   198.51.100.${left(between(random, 2, 250), 6)} ${before.day} ${before.time.slice(0, 5)}`
  })
  const last = clockOf(at - 3_600_000 * between(random, 2, 60))
  const first = lines(`Linux ${machine.name} 6.1.0-26-amd64 #1 SMP PREEMPT_DYNAMIC x86_64`, '', rule, ...POLICY.map((line) => `  ${line}`), rule, '')
  const second = lines(`  System information as of ${day} ${time} UTC`, '', ...facts, '', ...usage, '')
  const third = lines(`  ${below(random, 40)} updates can be applied, ${below(random, 9)} of them are security updates.`, '  Last sign-ins on this machine:', ...logins, '', `Last login: ${last.day} ${last.time} from ${person.office}`)
  return [first, second, third].map((text) => ({ wait: 60 + random() * 120, text }))
}
