export { detect, type Rules } from './detect'
export { levelRank, type Finding } from './finding'
export { ownRules } from './pack'
export { compileRules, isLevel, LEVELS, type Level, type Refusal, type RuleFile } from './sigma'
