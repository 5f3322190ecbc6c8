import { between, colour, ESC, left, moveTo, right } from './text'
import { logLines } from './files'
import { processRows } from './machines'
import { clockOf, many, type Output, type Scene } from './program'
import type { Frame } from './tape'

const ENTER = `${ESC}[?1049h${ESC}[22;0;0t`
const LEAVE = `${ESC}[?1049l${ESC}[23;0;0t`

/** A pager as `less` is: pages, a search, the end. */
export function pager(scene: Scene): Output {
  const { random, rows } = scene
  const height = rows - 1
  const all = logLines(scene, height * between(random, 2, 3))
  const frames: Frame[] = [{ wait: 150, text: `${ENTER}${ESC}[?1h${ESC}=\r${all.slice(0, height).join('\r\n')}\r\n:${ESC}[K` }]
  let at = height
  while (at < all.length) {
    const step = random() < 0.4 ? 1 : height
    const next = all.slice(at, at + step)
    frames.push({ wait: step === 1 ? 300 : 1800 + random() * 2500, text: `\r${ESC}[K${next.join('\r\n')}\r\n:${ESC}[K` })
    at += step
    if (frames.length > 14) break
  }
  for (const typed of ['/', '/E', '/ER', '/ERROR']) frames.push({ wait: 160, text: `\r${ESC}[K${typed}` })
  const found = all.slice(-height).map((line) => line.replaceAll('ERROR', `${ESC}[7mERROR${ESC}[27m`))
  frames.push({ wait: 700, text: `${ESC}[H${ESC}[J${found.join('\r\n')}\r\n${ESC}[7m(END)${ESC}[27m${ESC}[K` })
  return { frames, end: [{ wait: 1500, text: `\r${ESC}[K${ESC}[?1l${ESC}>${LEAVE}` }] }
}

/** Cores, memory and processes, drawn again every two seconds on a screen of its own. */
export function monitor(scene: Scene): Output {
  const { random, rows } = scene
  const frames: Frame[] = [{ wait: 220, text: `${ENTER}${ESC}[?25l${ESC}[1;${rows}r${ESC}[H${ESC}[2J${screenOf(scene, rows)}` }]
  for (let turn = between(random, 3, 7); turn > 0; turn--) {
    frames.push({ wait: 2000, text: turn % 3 === 0 ? screenOf(scene, rows) : meters(scene) + busiest(scene) })
  }
  return { frames, end: [{ wait: 900, text: `${ESC}[?25h${ESC}[1;${rows}r${moveTo(rows, 1)}\r${LEAVE}` }] }
}

function meters({ random }: Scene): string {
  return many(8, (core) => {
    const share = random()
    const filled = '|'.repeat(Math.round(share * 30))
    const text = `${colour('36', right(core, 3))}${colour('1', '[')}${colour('32', filled.slice(0, 18))}${colour('31', filled.slice(18))}${' '.repeat(30 - filled.length)}${right((share * 100).toFixed(1), 5)}%${colour('1', ']')}`
    return moveTo((core % 4) + 1, core < 4 ? 1 : 46) + text
  }).join('')
}

function busiest(scene: Scene): string {
  return processRows(scene, 6).map((row, at) => moveTo(9 + at, 1) + row + `${ESC}[K`).join('')
}

function screenOf(scene: Scene, rows: number): string {
  const head = left('    PID USER      PR  NI     VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND', 110)
  const listed = processRows(scene, rows - 10).map((row, at) => moveTo(9 + at, 1) + (at === 0 ? `${ESC}[46;30m${left(row, 110)}${ESC}[0m` : `${row}${ESC}[K`))
  const tasks = moveTo(6, 1) + `  ${colour('36', 'Tasks:')} ${colour('1;36', '214')}, ${colour('32', '3 running')}   ${colour('36', 'Uptime:')} 41 days, ${clockOf(scene.at).time}`
  const keys = ['F1Help', 'F2Setup', 'F3Search', 'F5Tree', 'F9Kill', 'F10Quit'].map((key) => `${key.slice(0, key.search(/[A-Z][a-z]/))}${colour('30;46', key.slice(key.search(/[A-Z][a-z]/)))}`)
  return `${meters(scene)}${tasks}${moveTo(8, 1)}${ESC}[42;30m${head}${ESC}[0m${listed.join('')}${moveTo(rows, 1)}${keys.join(' ')}`
}

const SETTINGS = ['# Kept by hand since the move', 'workers = 8', 'listen = "0.0.0.0:8080"', 'timeout_ms = 30000', 'log_level = "info"', '[upstream]', 'host = "orders.fernhill.test"', 'retries = 3', 'ca = "/etc/ssl/certs/fernhill.pem"']

/** A file is opened, a line of it changed, and it is written. */
export function editor({ random, rows, command, user }: Scene): Output {
  const file = /(\S+)$/.exec(command)?.[1] ?? 'notes.conf'
  const body = SETTINGS.map((line) => line.replace(/^(#.*)$/, colour('34', '$1')).replace(/= (.*)$/, `= ${colour('31', '$1')}`))
  const empty = many(rows - 1 - body.length, (at) => `${moveTo(body.length + 1 + at, 1)}${colour('94', '~')}`).join('')
  const opened = body.map((line, at) => moveTo(at + 1, 1) + line).join('')
  const status = (text: string) => `${moveTo(rows, 1)}${ESC}[K${text}`
  const frames: Frame[] = [{ wait: 260, text: `${ENTER}${ESC}[?1h${ESC}=${ESC}[?25l${ESC}[H${ESC}[2J${opened}${empty}${status(`"${file}" ${body.length}L, 241B`)}${moveTo(1, 1)}${ESC}[?25h` }]
  for (let row = 2; row <= 4; row++) frames.push({ wait: 350, text: moveTo(row, 1) })
  frames.push({ wait: 500, text: status(colour('1', '-- INSERT --')) + moveTo(4, 14) })
  const note = ` # ${user} ${between(random, 1000, 9999)}`
  for (const [at, key] of Array.from(note).entries()) frames.push({ wait: 110 + random() * 160, text: moveTo(4, 19 + at) + key })
  frames.push({ wait: 600, text: status('') + moveTo(4, 18 + note.length) })
  for (const typed of [':', ':w', ':wq']) frames.push({ wait: 200, text: status(typed) })
  return { frames, end: [{ wait: 300, text: `${status(`"${file}" ${body.length}L, 252B written`)}\r${ESC}[?1l${ESC}>${LEAVE}` }] }
}
