export { Sessions } from './Sessions'
export { SessionPage } from './SessionPage'
