export { arrivalChain, chainLines } from './arrival-chain'
export { driftReport } from './drift-report'
export { startCustody, type Custody } from './start-custody'
