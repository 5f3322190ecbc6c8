import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import xterm from '@xterm/headless'

/** What the screen of an asciicast v2 shows at ascending moments, without white space: fed from the start to one terminal. */
export async function screensAt(file, moments, { cols, rows }) {
  const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true })
  const screens = []
  let pending = []
  const feed = () => new Promise((resolve) => terminal.write(pending.splice(0).join(''), resolve))
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line[0] !== '[') continue
    const [time, , data] = JSON.parse(line)
    while (screens.length < moments.length && time > moments[screens.length]) {
      await feed()
      screens.push(shown(terminal))
    }
    if (screens.length === moments.length) break
    pending.push(data)
    if (pending.length > 2000) await feed()
  }
  return screens
}

function shown({ buffer: { active }, rows }) {
  const lines = Array.from({ length: rows }, (_, row) => active.getLine(active.baseY + row).translateToString(true))
  return lines.join('').replace(/\s+/g, '')
}
