import { readPlainly } from './plain.mjs'

// One measurement in a process of its own, so that none inherits another's warm code or memory: `plain FILE`,
// `import FILE WORKSPACE` or `start WORKSPACE`. Sends the milliseconds, without the start of the process itself.

const [what, path, workspace] = process.argv.slice(2)

async function plain() {
  const began = performance.now()
  const { lines } = await readPlainly(path)
  return { ms: performance.now() - began, rows: lines }
}

async function open(folder) {
  const { nodePorts, startBackend } = await import(process.env.RECOUNT_BUILT)
  return startBackend({ workspace: folder, ports: nodePorts(() => {}) })
}

async function importFile() {
  const backend = await open(workspace)
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

async function start() {
  const began = performance.now()
  const backend = await open(path)
  const { value } = await backend.call('workspace.summary', {})
  const ms = performance.now() - began
  await backend.close()
  return { ms, rows: value.held }
}

process.send(await { plain, import: importFile, start }[what]())
