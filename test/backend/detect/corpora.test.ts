import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { dataPath, describeWithData } from '../../data'
import { runOwn, storeOf } from './a-detection'

function linesOf(file: string): string[] {
  return readFileSync(dataPath(`data/commands/${file}`), 'utf8').split('\n').filter((line) => line !== '')
}

/** Share of the commands that the own rules tell. */
async function share(commands: string[]): Promise<number> {
  const store = await storeOf(commands.map((command) => ({ category: 'command', action: 'execute', outcome: 'unknown', command })))
  const findings = runOwn(store)
  expect(findings.every(({ rule }) => rule.startsWith('cmd.'))).toBe(true)
  return new Set(findings.map(({ key }) => key)).size / commands.length
}

describeWithData('the rules about commands', () => {
  it('are quiet about what people do all day', async () => {
    const commands = linesOf('nl2bash-all.cm')
    expect(commands.length).toBeGreaterThan(12_000)
    expect(await share(commands)).toBeLessThan(0.005)
  }, 60_000)

  it('tell of attacks', async () => {
    const commands = linesOf('atomic-red-team-linux.jsonl').map((line) => String((JSON.parse(line) as { command: unknown }).command))
    expect(commands).toHaveLength(398)
    expect(await share(commands)).toBeGreaterThan(0.3)
  }, 60_000)
})
