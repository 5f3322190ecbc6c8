export { ExportMenu } from './ExportMenu'
export { useExportChoice } from './use-export-choice'
export type { Exported } from './exported'
