export { chooseInputs } from './chosen'
export { ImportProvider } from './ImportProvider'
export { handOver } from './use-intake'
export { isActive, useImport } from './import-context'
