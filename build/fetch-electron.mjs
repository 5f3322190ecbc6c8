import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'

/** Milliseconds a fetch may take, and what is left of that when its server does not even answer. */
const FETCH_WITHIN = 5 * 60_000
const UNANSWERED_WITHIN = 10_000
const ANSWER_WITHIN = 5000

const noteOf = (root) => join(root, 'node_modules', '.cache', 'recount', 'electron-fetch.json')

/** Where Electron comes from. A change of it makes an earlier failure say nothing. */
export function mirrorOf(env = process.env) {
  return env.ELECTRON_MIRROR || env.npm_config_electron_mirror || 'https://github.com/'
}

/** The failure remembered, or null. */
export function lastFailure(root) {
  try {
    const { at, reason, mirror } = JSON.parse(readFileSync(noteOf(root), 'utf8'))
    return typeof at === 'number' ? { at, reason: String(reason), mirror: String(mirror) } : null
  } catch {
    return null
  }
}

/**
 * Fetches Electron with its own installer, which checks what it got. Null when that worked, else why not; remembered.
 */
export async function fetchElectron(root) {
  const reason = await install(root)
  if (reason === null) rmSync(noteOf(root), { force: true })
  else {
    mkdirSync(dirname(noteOf(root)), { recursive: true })
    writeFileSync(noteOf(root), JSON.stringify({ at: Date.now(), reason, mirror: mirrorOf() }))
  }
  return reason
}

async function install(root) {
  const child = spawn(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data) => (said += data))
  let cut = null
  const cutAfter = (time, reason) =>
    setTimeout(() => {
      cut = reason
      child.kill()
    }, time)
  const timers = [cutAfter(FETCH_WITHIN, 'it took longer than five minutes')]
  // Behind a proxy the server need not be reachable, and an archive fetched before needs no server.
  const { hostname } = new URL(mirrorOf())
  const answered = process.env.ELECTRON_GET_USE_PROXY ? Promise.resolve(true) : answers(mirrorOf())
  const silence = `${hostname} does not answer`
  void answered.then((yes) => {
    if (!yes && child.exitCode === null) timers.push(cutAfter(UNANSWERED_WITHIN - ANSWER_WITHIN, silence))
  })
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', resolve)
  })
  for (const timer of timers) clearTimeout(timer)
  if (code === 0) return null
  return cut ?? ((await answered) ? reasonIn(said) : silence)
}

/** Whether something listens at an address within the time given. */
function answers(address) {
  const { hostname, port, protocol } = new URL(address)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'http:' ? 80 : 443) })
    const end = (answered) => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(ANSWER_WITHIN, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

/** The error that the installer ends with, in one line. */
function reasonIn(said) {
  const line = said.split('\n').find((one) => /Error\b.*:/.test(one))
  return line?.trim().slice(0, 200) ?? 'its installer failed'
}
