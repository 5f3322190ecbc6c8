export { Approvals } from './Approvals'
