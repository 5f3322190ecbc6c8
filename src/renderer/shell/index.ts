export { Root } from './Root'
