export { type ServeOptions, type ServedApp, serveApp } from './serve-app'
export { type Host, type HostOptions, startHost } from './host'
export { IDLE_LIMITS, type IdleLimits } from './idle'
