import { FIRST } from '../data/names'
import type { Step, Story } from './story'

const MINUTE = 60_000

/** Looks like the attack, and is an office on the morning after a forced change of passwords. */
export const FORCED_RESET: Story = {
  name: 'forced-reset',
  title: 'A whole office mistypes its new passwords',
  description:
    'piet.anders resets the passwords of a department. In the next hour its people fail once to four times each, all ' +
    'from the address of their own office, and each ends in success.',
  looksLike: 'credential-stuffing',
  before: 10 * 86_400_000,
  utcHour: 7,
  utcMinute: 5,
  lasts: 80 * MINUTE,
  actors: ['piet.anders', 'a few dozen people of Fernhill'],
  steps(random, scale) {
    const steps: Step[] = []
    const people = Math.round(8 + 24 * scale)
    for (let at = 0; at < people; at++) {
      const user = `office:${at * 3 + (FIRST.length % 3)}`
      steps.push({ kind: 'user_updated', at: at * 2000, user: 'piet.anders', other: user, to: 'password reset' })
      let time = 8 * MINUTE + random() * 60 * MINUTE
      for (let tries = 1 + Math.floor(random() * 4); tries > 0; tries--) {
        steps.push({ kind: 'login_failed', at: time, user })
        time += 9000 + random() * 20_000
      }
      steps.push({ kind: 'login', at: time, user })
    }
    return steps
  },
}
