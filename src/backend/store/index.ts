export { BatchEncoder, encodeBatch } from './batch'
export type {
  Appended,
  BatchProvenance,
  Checkpoint,
  HeldEvent,
  IncomingRecord,
  OpenOptions,
  ReadableStore,
  RecordBatch,
  StoredRecord,
  StoreState,
  StoreView,
  Tally,
  ValueCount,
  ViewCount,
  WritableStore,
} from './door'
export { NUMBER_COLUMNS, TEXT_COLUMNS } from './filter'
export type { Comparison, Filter, NumberColumn, TextColumn, TextMatch } from './filter'
export { openReadable, openWritable } from './open'
