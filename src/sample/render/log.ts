import { hex8 } from '../data/random'
import { sourceName } from '../data/clients'
import type { Row } from './audit-documented'
import { commandOf, idOf, sceneOf, type Stage } from './scene'
import { sessionId } from './session'

/** A command as a machine's log lists it. Terminals have no exit codes: the server dialect reports success always. */
export function logRow(stage: Stage, number: number): Row {
  const { world } = stage
  const { person, machine, client, address, stamp } = sceneOf(stage, number)
  const id = idOf(world, number)
  const command = commandOf(world, number, machine)
  const session_id = sessionId(world, (world.facts.session[number] as number) - 1)
  const success = world.plan.dialect === 'server' || world.facts.failed[number] === 0
  const username = person?.username ?? ''
  if (world.plan.dialect === 'documented') {
    const source = sourceName(client.source)
    return { id, command, user_id: person?.id, username, timestamp: stamp, success, source, session_id }
  }
  return {
    id,
    machine_name: machine?.name,
    username,
    command,
    success,
    timestamp: stamp,
    session_id,
    source: client.source,
    browser: client.browser,
    os_info: client.os,
    ip_address: address,
  }
}

/** A command as it is stored: what searches and details of sessions give in the server dialect, with its output. */
export function fullLogRow(stage: Stage, number: number): Row {
  const { person, machine, hash } = sceneOf(stage, number)
  const output = hash % 4 === 0 ? '' : `total ${hash % 900}\r\n\u001b[32mok\u001b[0m ${hex8(hash)}\r\n`
  return { ...logRow(stage, number), machine_id: machine?.id, user_id: person?.id, output }
}
