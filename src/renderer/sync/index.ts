export { lastAnswer } from './last-answer'
export { SyncProvider } from './SyncProvider'
export { isUnderWay, shareDone, useServers, useSync } from './sync-context'
export type { SyncUse } from './sync-context'
