import type { SyncJob } from '../../../src/contract'
import type { Connection, ServerFacts, StreamFacts } from '../../../src/domain'

export function syncJob(changes: Partial<SyncJob> = {}): SyncJob {
  return {
    connection: 'work', state: 'done', live: false, startedAt: 0, endedAt: 1000, reading: null, recordsDone: 0,
    recordsTotal: null, leftMs: null, waitingUntil: null, waitingFor: null, requests: 0, budget: { spent: 0, limit: 100 }, streams: [],
    fault: null, ...changes,
  }
}

export function server(name: string, facts: Partial<ServerFacts> = {}, streams: StreamFacts[] = []): Connection {
  return {
    name, kind: 'webxterm', origin: 'server', state: 'ready', rows: 0, companions: 0, first: null, last: null, files: [],
    server: { url: 'https://w.test', dialect: 'server', account: {}, signIn: { by: 'token' }, paused: false, ...facts },
    streams,
  }
}
