export { controlSheets } from './sheets'
export { sheetHead, sheetPieces, type SheetAsked } from './sheet-document'
