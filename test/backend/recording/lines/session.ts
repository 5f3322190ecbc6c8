import { Random } from '../../random'
import type { Played } from './play'

export type Ran = { time: number; command: string }
export type Session = { events: Played[]; ran: Ran[]; duration: number }

const WORDS = 'error warn info connect cache queue worker user alice deploy nginx postgres 10.0.4.17 /var/log/syslog retry'.split(' ')
const COMMANDS = [
  'ls -la', 'cd /srv/app', 'git status', 'git log --oneline', 'tail -n 50 /var/log/syslog', 'df -h', 'w', 'id', 'make test',
  'grep -rn "timeout" src | head', 'ps aux | grep nginx', 'cat /etc/passwd', 'systemctl restart app', 'uptime', 'docker ps -a',
]

/** A shell session as a terminal records it, typed by somebody who errs, with what ran and when. */
export class SessionWriter {
  readonly events: Played[] = []
  readonly ran: Ran[] = []
  readonly #random: Random
  readonly #prompt: string
  readonly #cols: number
  time = 0
  bytes = 0

  constructor(seed: number, { prompt = 'alice@web-1:~$ ', cols = 80 }: { prompt?: string; cols?: number } = {}) {
    this.#random = new Random(seed)
    this.#prompt = prompt
    this.#cols = cols
  }

  wait(seconds: number): void {
    this.time = Math.round((this.time + seconds) * 1e6) / 1e6
  }

  out(text: string, seconds = 0.004): void {
    this.wait(seconds)
    this.events.push({ time: this.time, output: text })
    this.bytes += text.length
  }

  prompt(): void {
    this.out(`\x1b[?2004h\x1b[01;32m${this.#prompt.slice(0, -2)}\x1b[00m${this.#prompt.slice(-2)}`)
  }

  /** Types a command as readline echoes it, with the given way of going wrong, and runs it. */
  run(command: string, way: 'plain' | 'typo' | 'insert' | 'history' | 'pause' = 'plain'): void {
    if (way === 'typo') {
      this.#keys(command.slice(0, 2) + 'xq')
      for (let count = 0; count < 2; count++) this.out('\b\x1b[K', 0.15)
      this.#keys(command.slice(2))
    } else if (way === 'insert') this.#insertFirst(command)
    else if (way === 'history') this.#recall(command)
    else this.#keys(command)
    this.wait(way === 'pause' ? 20 : 0.1 + this.#random.int(300) / 1000)
    this.ran.push({ time: this.time, command })
    this.out('\r\n\x1b[?2004l\r', 0.002)
  }

  lines(count: number, seconds = 0.01): void {
    for (let left = count; left > 0; left -= 20) {
      const lines = Array.from({ length: Math.min(left, 20) }, () => `${this.text()}\r\n`)
      this.out(lines.join(''), seconds)
    }
  }

  text(): string {
    const words = Array.from({ length: 4 + this.#random.int(9) }, () => this.#random.pick(WORDS))
    const color = this.#random.chance(0.3) ? `\x1b[3${1 + this.#random.int(6)}m` : ''
    return `${color}${this.#random.int(1e9)} ${words.join(' ')}${color === '' ? '' : '\x1b[0m'}`
  }

  /** A program on the alternate screen whose counters change. */
  monitor(frames: number, rows = 24): void {
    this.out('\x1b[?1049h\x1b[22;0;0t\x1b[?25l\x1b[H\x1b[2J')
    for (let frame = 0; frame < frames; frame++) {
      const body = Array.from({ length: rows - 2 }, (_, row) => {
        const bar = '|'.repeat(this.#random.int(20)).padEnd(20)
        const share = `${this.#random.int(100)}.${frame % 10}%`
        return `\x1b[${row + 2};1H\x1b[3${1 + (row % 7)}m${1000 + row} [${bar}] ${share}\x1b[0m  process-${row}\x1b[K`
      })
      this.out(`\x1b[1;1HTasks: ${this.#random.int(500)} load ${frame}${body.join('')}`, 1)
    }
    this.out('\x1b[?25h\x1b[?1049l\x1b[23;0;0t', 0.2)
  }

  session(): Session {
    return { events: this.events, ran: this.ran, duration: this.time }
  }

  #keys(text: string): void {
    for (const key of text) {
      const room = this.bytes
      this.out(key, 0.03 + this.#random.int(120) / 1000)
      this.bytes = room + key.length
    }
  }

  /** All but the first word, Ctrl-A, then the first word: every key draws the rest of the line again. */
  #insertFirst(command: string): void {
    const space = command.indexOf(' ') + 1
    const rest = command.slice(space)
    this.#keys(rest)
    if (rest.length + this.#prompt.length >= this.#cols) return
    this.out('\b'.repeat(rest.length), 0.2)
    for (const key of command.slice(0, space)) this.out(`${key}${rest}${'\b'.repeat(rest.length)}`, 0.12)
    this.out(rest, 0.1)
  }

  /** Arrow up twice: another command first. */
  #recall(command: string): void {
    const other = this.#random.pick(COMMANDS)
    this.out(other, 0.4)
    this.out(`${'\b'.repeat(other.length)}${command}\x1b[K`, 0.5)
  }
}

const WAYS = ['plain', 'plain', 'plain', 'typo', 'insert', 'history'] as const

/** Hours of work until so many bytes were put out. */
export function longSession(seed: number, bytes: number, cols = 80): Session {
  const writer = new SessionWriter(seed, { cols })
  const random = new Random(seed + 1)
  let number = 0
  while (writer.bytes < bytes) {
    writer.prompt()
    writer.wait(1 + random.int(20))
    const plain = random.pick(COMMANDS)
    writer.run(random.chance(0.5) ? plain : `${plain} --run=${number++}`, random.pick(WAYS))
    const kind = random.int(20)
    if (kind === 0) writer.monitor(5 + random.int(40))
    else if (kind === 1) writer.lines(2000 + random.int(6000))
    else writer.lines(random.int(80))
  }
  writer.prompt()
  return writer.session()
}
