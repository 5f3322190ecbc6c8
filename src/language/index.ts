export { completionAt, type Completion } from './complete'
export { hasTerm, withoutTerm, withTerm, type TermEdit } from './edit'
export {
  ATTACHED,
  FIELDS,
  fieldNamed,
  FLAGS,
  NUMBER_FIELDS,
  TEXT_FIELDS,
  type Attached,
  type Field,
  type FieldKind,
  type FieldName,
  type Flag,
  type NumberField,
  type TextField,
} from './fields'
export { highlight, type Highlight, type HighlightKind } from './highlight'
export { parseQuery } from './parse'
export { printQuery } from './print'
export { isContained, sameQuery } from './query'
export type { Comparison, Expression, NumberTest, Query, Span, Term, TimeTest, Value } from './query'
export type { QueryError } from './syntax'
