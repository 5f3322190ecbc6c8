export { BatchEncoder, encodeBatch, type NamelessRecord } from './batch'
export type {
  Appended,
  ArrivedFrom,
  BatchProvenance,
  Checkpoint,
  DriftCount,
  HeldEvent,
  HeldKey,
  HeldPage,
  IncomingRecord,
  OpenOptions,
  ReadableStore,
  RecordBatch,
  RecordingFacts,
  RecordingFiles,
  UncheckedFiles,
  RecordingKeeper,
  Revision,
  RowCursor,
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
export { BatchNamer, type NamelessBatch } from './naming'
export type { ChangeMark } from './row-changes'
export { openReadable, openWritable } from './open'
