import { ownDetectors, type PlaceOf } from '../analytics'
import { APPROVAL_SURVEY } from '../approvals'
import type { Rules } from '../detect'
import { compileRules, type Refusal } from '../sigma'
import { CHANGE_RULES } from './changes'
import { COMMAND_RULES } from './commands'
import { MACHINE_RULES } from './machines'
import { SIGN_IN_RULES } from './sign-ins'

/** Texts of the rules that come with the program. */
const OWN = [SIGN_IN_RULES, CHANGE_RULES, MACHINE_RULES, COMMAND_RULES]
/** Rules that tell what they find although others join them. */
const LOUD: ReadonlySet<string> = new Set(['token.created'])

/** The rules that come with the program. Ids are a promise: marks on findings hang on them. `production` names its machines. */
export function ownRules(production = '', placeOf: PlaceOf | null = null): Rules & { refused: Refusal[] } {
  const set = compileRules(OWN.map((text) => ({ place: 'own', text })))
  const detectors = ownDetectors(production, placeOf)
  const joined = detectors.flatMap(({ rules }) => rules).filter((id) => !LOUD.has(id))
  return { ...set, quiet: new Set([...set.quiet, ...joined]), detectors, surveys: [APPROVAL_SURVEY] }
}
