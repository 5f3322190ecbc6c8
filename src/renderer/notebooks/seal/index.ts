export { SealDialog } from './SealDialog'
export { VerifyButton } from './VerifyButton'
export { VerifyDialog } from './VerifyDialog'
