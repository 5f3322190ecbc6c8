import { version } from '../../package.json'
import type { ServerContext } from '../backend/sync'
import { nodePorts, type NodePorts } from '../node'
import type { Line } from './command'
import { say } from './io'
import { withWriter } from './open-store'

/** What asking servers needs, over the workspace opened for writing. */
export function withServers<T>(line: Line, act: (context: ServerContext) => Promise<T>): Promise<T> {
  const { io } = line
  return withWriter(line, async (store) => {
    const tell = (text: string) => text.split('\n').forEach((one) => say(io, one))
    const ports = nodePorts(tell, { env: io.env })
    try {
      const log: NodePorts['log'] = { info: () => {}, error: (message, error) => ports.log.error(message, error) }
      return await act({ store, version, ports: { ...ports, log, clock: { now: io.now } } })
    } finally {
      await ports.close()
    }
  })
}
