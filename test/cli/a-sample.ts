import { onTestFinished } from 'vitest'
import { startSample, type SampleOptions } from '../../src/sample'
import type { Shell } from './shell'

/** A small sample server whose clock agrees with the shell's, for one test. */
export async function aSample(shell: Shell, options: SampleOptions = {}) {
  const served = await startSample({ seed: 1, events: 400, now: shell.now, ...options })
  onTestFinished(() => served.close())
  return served
}

/** The same, connected under a name with a token that may see all; `portal` has its token in `PORTAL_TOKEN`. */
export async function aPortal(shell: Shell, options: SampleOptions = {}, name = 'portal') {
  const served = await aSample(shell, options)
  const variable = `${name.toUpperCase()}_TOKEN`
  shell.env[variable] = served.tokens.super_admin
  const said = await shell.run('connect', 'webxterm', served.url, '--token-env', variable, '--name', name)
  if (said.code !== 0) throw new Error(said.stderr)
  return served
}
