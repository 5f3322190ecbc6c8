export { accessCsv } from './access-csv'
export { csvLine } from './csv'
export { eventJson } from './event-json'
export { Exports, exportLines, type ExportFormat } from './export'
