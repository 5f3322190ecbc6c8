/** What was typed cannot be done: exit 2. */
export class UsageError extends Error {}
