export { Sources } from './Sources'
export { coverageWords } from './coverage-words'
