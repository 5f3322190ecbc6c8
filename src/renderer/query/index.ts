export { QueryField, type QueryFieldHandle } from './QueryField'
export { queryErrors, type QueryError } from './query-highlight'
