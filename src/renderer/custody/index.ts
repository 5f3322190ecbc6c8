export { Custody } from './Custody'
