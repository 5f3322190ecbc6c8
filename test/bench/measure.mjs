import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const ONE = fileURLToPath(new URL('one.mjs', import.meta.url))

/** Runs one measurement in a process of its own; answers what it found. */
export function measure(...words) {
  return new Promise((resolve, reject) => {
    // With the collector at hand, which only those call that look at memory.
    const child = fork(ONE, words.map(String), { execArgv: ['--expose-gc', ...process.execArgv] })
    child.once('message', resolve)
    child.once('exit', (code) => code !== 0 && reject(new Error(`${words.join(' ')} ended with code ${code}`)))
  })
}

/** What was just loaded is still being compiled on other threads, for about a tenth of a second: a part of the start. */
export async function settled() {
  await setTimeout(500)
}

/** A sample server in a process of its own. */
export async function sampleServer(events, dialect) {
  const child = fork(ONE, ['serve', String(events), dialect])
  const [{ url, token }] = await once(child, 'message')
  return {
    url,
    token,
    /** Paths of the GET requests since the last time that they were asked for. */
    async paths() {
      child.send('paths')
      const [paths] = await once(child, 'message')
      return paths
    },
    async close() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
