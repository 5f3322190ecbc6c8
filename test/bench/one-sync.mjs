import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { ONE, settled } from './measure.mjs'

// The measurements of a sync that `one.mjs` runs, each in a process of its own.

const CONNECTION = 'bench'
/** Asked for before the clock runs: what was asked before, to connect, is no part of a sync. */
export const BEGIN = '/the-sync-begins'
const NOW = Date.UTC(2026, 1, 6, 12)

/** Serves made-up data until its parent lets go; tells the paths asked for since the last time. */
export async function serveSample(events, dialect) {
  const { startSample } = await import(process.env.RECOUNT_BUILT)
  const sample = await startSample({ events: Number(events), dialect, now: NOW })
  let told = 0
  process.on('message', () => {
    const asked = sample.requests().slice(told)
    told += asked.length
    process.send(asked.filter(({ method }) => method === 'GET').map(({ path }) => path))
  })
  process.once('disconnect', () => process.exit())
  return { url: sample.url, token: sample.tokens.super_admin }
}

/** The yardstick: the same paths one after the other, their bodies read and nothing else. `file` names them as JSON. */
export async function fetchPlainly(url, token, file) {
  const paths = JSON.parse(readFileSync(file, 'utf8'))
  const headers = { authorization: `Bearer ${token}` }
  const began = performance.now()
  let bytes = 0
  for (const path of paths) {
    // Recordings lie at signed addresses, which take nothing beside.
    const asked = path.includes('X-Amz-Signature=') ? {} : { headers }
    bytes += (await (await fetch(url + path, asked)).arrayBuffer()).byteLength
  }
  return { ms: performance.now() - began, cpu: cpu(), bytes }
}

/** Connects before the clock runs, as a person does once. */
async function connected({ url, token, workspace }, pace = {}) {
  const { nodePorts, startBackend, SYNC_PACE } = await import(process.env.RECOUNT_BUILT)
  const ports = nodePorts(() => {})
  const backend = await startBackend({ workspace, ports, pace: { ...SYNC_PACE, ...pace } })
  const { value } = await backend.call('server.useToken', { kind: 'webxterm', url, token })
  await backend.call('server.connect', { ticket: value.ticket, name: CONNECTION })
  const close = async () => {
    await backend.close()
    await ports.close()
  }
  return { backend, close }
}

function ended(backend) {
  return new Promise((resolve, reject) => {
    backend.on('sync.progressed', (job) => {
      if (job.state === 'done') resolve(job)
      if (job.state === 'failed' || job.state === 'cancelled') reject(new Error(job.fault?.message ?? job.state))
    })
  })
}

export async function syncAll(url, token, workspace) {
  const { backend, close } = await connected({ url, token, workspace })
  await settled()
  await fetch(url + BEGIN)
  const began = performance.now()
  const before = process.cpuUsage()
  const end = ended(backend)
  await backend.call('sync.start', { connection: CONNECTION })
  await end
  const ms = performance.now() - began
  const { value } = await backend.call('workspace.summary', {})
  const found = { ms, cpu: cpu(before), rows: value.held }
  await close()
  return found
}

/**
 * What is alive in a syncing process beyond what a process has alive that opened the same workspace at the same moment:
 * the program, the records' cache and the database are in both, so the difference is what syncing needs for itself. At
 * each mark, a number of records, everything stands still between two pages, the next ones on their way.
 */
export async function memoryOfSync(...words) {
  const [url, token, workspace, ...marks] = words
  // Told of each page, to stand still close to a mark.
  const { backend, close } = await connected({ url, token, workspace }, { progressMs: 1 })
  const left = marks.map(Number)
  const found = []
  const end = ended(backend)
  backend.on('sync.progressed', ({ recordsDone }) => {
    if (recordsDone < (left[0] ?? Infinity)) return
    left.shift()
    const syncing = alive()
    // Waited for without a turn of the loop: nothing is synced meanwhile.
    const text = execFileSync(process.execPath, ['--expose-gc', ONE, 'held', workspace], { encoding: 'utf8' })
    found.push({ rows: recordsDone, syncing, held: JSON.parse(text).alive })
  })
  await backend.call('sync.start', { connection: CONNECTION })
  await end
  // Before the workspace is opened again, which would be the peak of it all.
  const peak = peakBytes()
  await close()
  const opened = JSON.parse(execFileSync(process.execPath, ['--expose-gc', ONE, 'held', workspace], { encoding: 'utf8' }))
  return { found, peak, peakHeld: opened.peak }
}

export async function heldMemory(workspace) {
  const { nodePorts, openReadable, startBackend } = await import(process.env.RECOUNT_BUILT)
  // The same program is loaded as where the sync runs.
  if (!nodePorts || !startBackend) throw new Error('the bundle lacks the backend')
  const store = await openReadable({ folder: workspace, now: () => Date.now() })
  // The order of rows is found when somebody first asks, as a sync does. It asks for keys too, whose places in their
  // blocks, 8 bytes a record, are known from then on: they are in the difference, because asking for all keys here would
  // put other blocks among those that stay decoded.
  for (const { stream } of store.coverage(null)) store.heldIn({ connection: CONNECTION, stream }, { from: 0, to: Infinity })
  const found = { alive: alive(), peak: peakBytes() }
  store.close()
  return found
}

function alive() {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function peakBytes() {
  return process.resourceUsage().maxRSS * 1024
}

function cpu(before) {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
