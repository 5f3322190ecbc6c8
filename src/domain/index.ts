export { BASES, CATEGORIES, OUTCOMES, SEVERITIES } from './audit-event'
export type {
  Actor,
  AuditEvent,
  Basis,
  Category,
  Change,
  FileFact,
  Link,
  Origin,
  Outcome,
  Severity,
  Thing,
} from './audit-event'
export { seesAll, STREAM_STATUSES } from './connection'
export type { Account, Connection, ImportedFile, ServerFacts, StreamFacts, StreamStatus } from './connection'
export { clipCoverage, COVERAGE_STATES, COVERAGE_WORDS, coverageStream, outside, WORST_FIRST } from './coverage'
export { csvLine, rawCsvLine } from './csv'
export { actorLabel, rowText, sentence, thingLabel } from './event-text'
export type { Destination } from './destination'
export { mergeCoverage } from './merge-coverage'
export { productionNames, productionTest } from './production'
export type { CoverageNews, CoverageRange, CoverageState } from './coverage'
export { EVENT_KINDS, RECORDING_FORMATS } from './recording'
export type { Damage, EventKind, RecordingFormat, RecordingHead } from './recording'
export { shownText } from './shown-text'
export { formatInstant, isSameRange, newestDays, overlaps, parseInstant, zoneOffset } from './time'
export type { Instant, Milliseconds, TimeRange } from './time'
export { clockIn, knownZone, settingZone, writtenOffset, zoneOffsets } from './zone'
export { WordCopier, type ByteRun } from './word-copier'
export { wildcardTest } from './wildcard'
