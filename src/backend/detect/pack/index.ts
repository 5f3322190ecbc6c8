import { DETECTORS } from '../analytics'
import type { Rules } from '../detect'
import { compileRules, type Refusal } from '../sigma'
import { CHANGE_RULES } from './changes'
import { COMMAND_RULES } from './commands'
import { SIGN_IN_RULES } from './sign-ins'

/** The rules that come with the program. Ids are a promise: marks on findings hang on them. */
export function ownRules(): Rules & { refused: Refusal[] } {
  const set = compileRules([SIGN_IN_RULES, CHANGE_RULES, COMMAND_RULES].map((text) => ({ place: 'own', text })))
  return { ...set, quiet: new Set([...set.quiet, ...DETECTORS.flatMap(({ rules }) => rules)]), detectors: DETECTORS }
}
