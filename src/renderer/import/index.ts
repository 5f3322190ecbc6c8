export { ImportProvider } from './ImportProvider'
export { isActive, useImport } from './import-context'
