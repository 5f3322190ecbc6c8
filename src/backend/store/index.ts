export { BatchEncoder, encodeBatch, MOST_KEPT, type Bodied, type NamelessRecord } from './batch'
export type {
  Appended,
  Arrived,
  BatchProvenance,
  Checkpoint,
  Delivery,
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
  RecordingPlaces,
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
export type { Comparison, Filter, KeyFilter, NumberColumn, TextColumn, TextMatch } from './filter'
export type { KeySets } from './key-sets'
export { BatchNamer, type NamelessBatch } from './naming'
export type { ChangeMark } from './row-changes'
export { syncFolder } from './folder'
export { createJournal, FILE_HEAD, MOST_PAYLOAD, MOST_UNSYNCED, openJournal, readJournal, readTail, RECORD_HEAD, type Journal, type JournalEnd } from './journal'
export { takeLock } from './lock'
export { keepTail, nameStamp } from './kept-tail'
export { openDamaged, openReadable, openWritable } from './open'
export { diskFull, isFull } from './store'
export { Turn } from './turn'
