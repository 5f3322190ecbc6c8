export { csvLine } from './csv'
export { eventJson } from './event-json'
export { Exports, exportPieces, type ExportFormat } from './export'
