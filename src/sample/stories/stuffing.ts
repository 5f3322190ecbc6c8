import { FIRST, LAST } from '../data/names'
import { below } from '../data/random'
import type { Step, Story } from './story'

const MINUTE = 60_000
const ADDRESSES = ['203.0.113.17', '203.0.113.18', '203.0.113.44', '192.0.2.201', '192.0.2.202']

/** The attack that ends in a stolen account and a new administrator. */
export const STUFFING: Story = {
  name: 'credential-stuffing',
  title: 'Credential stuffing ends in a stolen account and a new administrator',
  description:
    'Five addresses try some hundred user names in forty minutes at night. One sign-in succeeds: dana.reyes, who ' +
    'works from Fernhill by day. Nine minutes later that account makes ext.kolar, a contractor, an administrator.',
  before: 3 * 86_400_000,
  utcHour: 2,
  utcMinute: 10,
  lasts: 55 * MINUTE,
  actors: ['dana.reyes', 'ext.kolar'],
  steps(random, scale) {
    const steps: Step[] = []
    const count = Math.round(60 + 360 * scale)
    for (let at = 0; at < count; at++) {
      const user = at % 60 === 41 ? 'dana.reyes' : listed(below(random, FIRST.length), below(random, LAST.length))
      const time = (38 * MINUTE * (at + random())) / count
      steps.push({ kind: 'login_failed', at: time, user, address: ADDRESSES[at % ADDRESSES.length] as string })
    }
    const thief = { user: 'dana.reyes', address: ADDRESSES[2] as string }
    steps.push({ kind: 'login', at: 39 * MINUTE, ...thief })
    steps.push({ kind: 'user_updated', at: 48 * MINUTE, ...thief, other: 'ext.kolar', to: 'company_admin' })
    steps.push({ kind: 'login', at: 52 * MINUTE, user: 'ext.kolar', address: ADDRESSES[2] as string })
    return steps
  },
}

/** Names of a bought list: some exist here, most do not. */
function listed(first: number, last: number): string {
  return `${FIRST[first]}.${LAST[last]}`.toLowerCase()
}
