/** Why a rule is not active, in words for the person who wrote it. Caught where rules are compiled. */
export class RuleFault extends Error {}
