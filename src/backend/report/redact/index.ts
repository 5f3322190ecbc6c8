export { commitmentOf, fieldSalt, Redactor } from './redactor'
export { keepSalt } from './salts'
export { withoutSecrets } from './secrets'
