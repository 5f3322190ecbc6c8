export { SignIns } from './SignIns'
