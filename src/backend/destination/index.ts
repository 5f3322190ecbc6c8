export { checkDestination, destinationOf, destinations, keepDestination, removeDestination, runsFolder } from './destinations'
export { probeStore, regionOf } from './probe'
export type { StoreDoor, StorePace } from './request'
export { putObject } from './upload'
