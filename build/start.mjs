// npm start [-- --browser] [--dev] [--fetch] [--workspace DIR] [what the program itself takes]
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { developInBrowser } from './dev-browser.mjs'
import { fetchElectron, lastFailure, mirrorOf } from './fetch-electron.mjs'
import { findElectron } from './find-electron.mjs'
import { isStale } from './freshness.mjs'
import { planStart, readArgs } from './start-plan.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')

/** An Electron that fails within this many milliseconds could not run at all: a library is missing, or its sandbox. */
const FAILS_AT_ONCE = 5000

const say = (line) => process.stderr.write(`${line}\n`)

function factsNow(args) {
  return {
    args,
    electron: findElectron(root),
    hasDisplay: process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
    stale: isStale(root),
    failure: lastFailure(root),
    mirror: mirrorOf(),
    now: Date.now(),
  }
}

async function start() {
  const args = readArgs(process.argv.slice(2))
  if (!existsSync(builder)) return end('the packages are not installed: run npm ci first')
  if (args.workspace !== null) process.env.RECOUNT_WORKSPACE = args.workspace
  const plan = planStart(factsNow(args))
  const [built, missing] = await Promise.all([plan.build ? build() : true, plan.fetch ? fetch() : null])
  if (!built) return end('the build failed')
  const desktop = plan.where === 'desktop' || (plan.where === 'desktop-if-fetched' && missing === null)
  if (!desktop) return inBrowser(args, plan.why ?? (missing && `Electron could not be fetched (${missing})`))
  const { path } = findElectron(root) ?? {}
  if (!path) return inBrowser(args, 'Electron was fetched and is still not there')
  if (args.dev) return develop(path, args)
  const failure = await onDesktop(path, args)
  if (failure) await inBrowser(args, `Electron did not run (${failure})`)
}

async function build() {
  say('Building Recount ...')
  const child = spawn(process.execPath, [builder, 'build'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) say(said)
  return code === 0
}

async function fetch() {
  say('Fetching Electron, once ...')
  return fetchElectron(root)
}

/** Resolves with why Electron could not run at all; ends this process with its code when it did. */
async function onDesktop(program, args) {
  const begun = Date.now()
  const { code, signal } = await childEnds(spawn(program, [root, ...args.rest], { stdio: 'inherit' }))
  const asked = signal === 'SIGINT' || signal === 'SIGTERM'
  if (code !== 0 && !asked && Date.now() - begun < FAILS_AT_ONCE) return signal ?? `it ended with ${code}`
  process.exit(code ?? 1)
}

async function develop(program, args) {
  const env = { ...process.env, ELECTRON_EXEC_PATH: program }
  const child = spawn(process.execPath, [builder, 'dev', '--', ...args.rest], { cwd: root, stdio: 'inherit', env })
  process.exit((await childEnds(child)).code ?? 1)
}

function childEnds(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, signal: error.message }))
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}

async function inBrowser(args, why) {
  if (why) say(`Recount opens in a browser: ${why}.`)
  if (args.dev) {
    if (isStale(root) && !(await build())) return end('the build failed')
    return developInBrowser(root, args.rest)
  }
  const program = join(root, 'out', 'main', 'serve.js')
  process.argv = [process.argv[0], program, ...args.rest]
  await import(pathToFileURL(program).href)
}

function end(why) {
  say(`Recount could not start: ${why}.`)
  process.exitCode = 1
}

await start()
