import { closeSync, openSync, writeSync } from 'node:fs'

// A made-up working day at a terminal, as asciicast v2: commands typed at human speed, listings, diffs, compilers with
// links, a pager, an editor and a monitor on the alternate screen, a log that is followed, and pauses.

/** A working day of this output is eight hours long. */
const HASTE = 0.44
const COLS = 140
const ROWS = 40
const ESC = '\u001b'
const WORDS = 'nginx systemd kernel request upstream connect refused timeout deploy release branch merge cache queue worker'.split(' ')
const FILES = ['main.c', 'server.ts', 'deploy.yaml', 'README.md', 'index.html', 'query.sql', 'auth.log', 'backup.tar.gz']

/** Numbers between 0 and 1, the same each time. */
function randomNumbers(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Writes so many bytes of output; answers what it wrote. 100 MB are about eight hours. */
export function writeSession(path, { megabytes = 100, seed = 7 } = {}) {
  const random = randomNumbers(seed)
  const pick = (list) => list[Math.floor(random() * list.length)]
  const number = (most) => Math.floor(random() * most)
  const most = megabytes * 1e6
  const file = openSync(path, 'w')
  const state = { at: 0, output: 0, events: 0, commands: [], pending: [] }
  const put = (data, wait) => {
    state.at += wait * HASTE
    state.output += Buffer.byteLength(data)
    state.events++
    state.pending.push(`[${state.at.toFixed(6)},"o",${JSON.stringify(data)}]\n`)
    if (state.pending.length > 5000) flush()
  }
  const flush = () => writeSync(file, state.pending.splice(0).join(''))
  writeSync(file, `${JSON.stringify({ version: 2, width: COLS, height: ROWS, timestamp: 1_770_364_800, env: { TERM: 'xterm-256color' } })}\n`)
  const scenes = [listing, diff, compiler, editor, monitor, follow]
  while (state.output < most) {
    const command = typed({ put, pick, number, state })
    scenes[number(scenes.length)]({ put, pick, number, random, command })
  }
  flush()
  closeSync(file)
  const { output, events, commands, at } = state
  return { output, events, commands, seconds: at, cols: COLS, rows: ROWS }
}

function typed({ put, pick, number, state }) {
  const command = `${pick(['ls -la', 'git log -p', 'make', 'vim', 'htop', 'tail -f', 'grep -rn'])} ${pick(FILES)}-${number(100_000)}`
  put(`${ESC}[1;32mops@web-01${ESC}[0m:${ESC}[1;34m~${ESC}[0m$ `, 0.05)
  for (const [i, char] of Array.from(command).entries()) {
    put(char, 0.06 + number(120) / 1000)
    if (i === 3 && number(4) === 0) put(`x\b \b`, 0.2)
  }
  state.commands.push({ at: state.at, command })
  put('\r\n', 0.1)
  return command
}

function listing({ put, pick, number }) {
  for (let block = 0; block < 20 + number(40); block++) {
    let text = ''
    for (let i = 0; i < 25; i++) {
      text += `-rw-r--r-- 1 root root ${String(number(9_999_999)).padStart(8)} Feb  6 0${number(9)}:${10 + number(49)} ${ESC}[0${number(2)};3${number(8)}m${pick(FILES)}.${number(9999)}${ESC}[0m\r\n`
    }
    put(text, 0.002)
  }
}

function diff({ put, pick, number }) {
  for (let block = 0; block < 15 + number(30); block++) {
    let text = `${ESC}[1mdiff --git a/${pick(FILES)} b/${pick(FILES)}${ESC}[m\r\n`
    for (let i = 0; i < 30; i++) text += `${ESC}[3${1 + number(2)}m${number(2) ? '+' : '-'}  ${pick(WORDS)} ${pick(WORDS)} = ${pick(WORDS)}(${number(999)})${ESC}[m\r\n`
    put(text, 0.004)
  }
}

function compiler({ put, pick, number }) {
  for (let i = 0; i < 60 + number(120); i++) {
    const file = pick(FILES)
    put(`${ESC}[1m${file}:${number(900)}:${number(80)}: ${ESC}[35mwarning: ${ESC}[0munused ${pick(WORDS)} [${ESC}]8;;https://example.com/${number(99)}${ESC}\\-Wunused${ESC}]8;;${ESC}\\]\r\n   ${number(900)} |   ${pick(WORDS)} ${pick(WORDS)};\r\n       |   ${ESC}[35m^~~~${ESC}[0m\r\n`, 0.03)
  }
}

function editor({ put, pick, number }) {
  put(`${ESC}[?1049h${ESC}[1;${ROWS}r${ESC}[2J${ESC}[H`, 0.2)
  for (let page = 0; page < 10 + number(20); page++) {
    let text = `${ESC}[H`
    for (let row = 1; row < ROWS; row++) text += `${ESC}[${row};1H${ESC}[33m${String(page * ROWS + row).padStart(4)} ${ESC}[0m${pick(WORDS)} ${ESC}[32m"${pick(WORDS)} ${number(9999)}"${ESC}[0m ${pick(WORDS)}${ESC}[K`
    put(`${text}${ESC}[${ROWS};1H${ESC}[7m ${pick(FILES)} ${page}% ${ESC}[0m`, 0.6)
    for (let i = 0; i < 30; i++) put(`${ESC}[${1 + number(ROWS - 1)};${10 + number(100)}H${pick(WORDS)}`, 0.15)
  }
  put(`${ESC}[?1049l`, 0.2)
}

function monitor({ put, pick, number }) {
  put(`${ESC}[?1049h${ESC}[2J`, 0.2)
  for (let tick = 0; tick < 40 + number(80); tick++) {
    let text = `${ESC}[H`
    for (let row = 0; row < ROWS - 2; row++) text += `${ESC}[3${row % 8}m${String(number(99999)).padStart(6)} root 20 0 ${number(999999)} ${(number(999) / 10).toFixed(1)} ${'|'.repeat(number(40))}${ESC}[K ${pick(WORDS)}${ESC}[0m\r\n`
    put(text, 1)
  }
  put(`${ESC}[?1049l`, 0.2)
}

function follow({ put, pick, number, random }) {
  for (let i = 0; i < 200 + number(400); i++) put(`Feb  6 10:${10 + number(49)}:${10 + number(49)} web-01 ${pick(WORDS)}[${number(9999)}]: ${pick(WORDS)} ${pick(WORDS)} 203.0.113.${number(255)}\r\n`, random() < 0.02 ? 4 : 0.1)
  put('^C\r\n', 0.5)
}
