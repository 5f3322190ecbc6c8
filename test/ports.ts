import { onTestFinished } from 'vitest'
import type { Ports } from '../src/backend'
import { memorySecrets } from '../src/node/memory-secrets'
import { nodePorts } from '../src/node/ports'

/** Ports of a real machine whose clock, log or environment a test may set. Nothing is written to the screen. */
export function testPorts(own: Partial<Pick<Ports, 'clock' | 'log' | 'secrets' | 'sample'>> & { env?: Record<string, string> } = {}): Ports {
  const { env = {}, ...others } = own
  const ports = nodePorts(() => {}, { secrets: memorySecrets(), env })
  onTestFinished(() => ports.close())
  return { ...ports, ...others }
}
