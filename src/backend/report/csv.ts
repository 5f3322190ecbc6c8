export { csvLine } from '../../domain'
