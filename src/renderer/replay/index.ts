export { ReplayView } from './ReplayView'
