export { commitmentOf, fieldSalt, Redactor } from './redactor'
export { kindsUnder, rowTexts, type FieldKinds } from './row-texts'
export { keepSalt } from './salts'
export { withoutSecrets } from './secrets'
