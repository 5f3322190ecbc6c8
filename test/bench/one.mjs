import { settled } from './measure.mjs'
import { readPlainly } from './plain.mjs'
import { fetchPlainly, heldMemory, memoryOfSync, serveSample, syncAll } from './one-sync.mjs'

// One measurement in a process of its own, so that none inherits another's warm code or memory: `plain FILE`,
// `import FILE WORKSPACE`, `start WORKSPACE`, or one of those of `one-sync.mjs`. Sends what it found, times in milliseconds
// without the start of the process itself.

const [what, ...words] = process.argv.slice(2)

async function plain(path) {
  const began = performance.now()
  const { lines } = await readPlainly(path)
  return { ms: performance.now() - began, rows: lines }
}

async function open(folder) {
  const { nodePorts, startBackend } = await import(process.env.RECOUNT_BUILT)
  return startBackend({ workspace: folder, ports: nodePorts(() => {}) })
}

async function importFile(path, workspace) {
  const backend = await open(workspace)
  await settled()
  const began = performance.now()
  const ended = new Promise((resolve, reject) => {
    backend.on('import.progressed', ({ state, summaries, fault }) => {
      if (state === 'done') resolve(summaries[0])
      if (state === 'failed' || state === 'cancelled') reject(new Error(fault?.message))
    })
  })
  await backend.call('import.start', { inputs: [{ path }], options: { year: 2026 } })
  const { events, duplicates } = await ended
  const ms = performance.now() - began
  const memory = process.memoryUsage.rss()
  await backend.close()
  return { ms, rows: events, duplicates, memory }
}

async function start(path) {
  const began = performance.now()
  const backend = await open(path)
  const { value } = await backend.call('workspace.summary', {})
  const ms = performance.now() - began
  await backend.close()
  return { ms, rows: value.held }
}

const acts = { plain, import: importFile, start, fetch: fetchPlainly, sync: syncAll, held: heldMemory, memory: memoryOfSync, serve: serveSample }
const found = await acts[what](...words)
if (process.send) process.send(found)
else console.log(JSON.stringify(found))
