export { Access } from './Access'
