import type { Role } from './options'

/** Password of every account that can sign in. Nothing of worth stands behind it. */
export const SAMPLE_PASSWORD = 'sample-Recount-7'

/** The one-time code that is always right. */
export const SAMPLE_CODE = '246810'

export type Account = {
  username: string
  first: string
  last: string
  email: string
  role: Role
  /** The first is the home tenant. */
  tenants: readonly string[]
  /** Asks for the one-time code. */
  code?: boolean
  disabled?: boolean
}

/** Who can sign in. With a code and two tenants: first answer B, then C, then A. */
export const ACCOUNTS: readonly Account[] = [
  account('mira.holt', 'super_admin', { tenants: ['fernhill'] }),
  account('jonas.lind', 'company_admin', { tenants: ['fernhill', 'bluewick'], code: true }),
  account('tess.moreau', 'user', { tenants: ['fernhill'] }),
  account('otto.former', 'user', { tenants: ['fernhill'], disabled: true }),
]

type Rest = Pick<Account, 'tenants' | 'code' | 'disabled'>

function account(username: string, role: Role, rest: Rest): Account {
  const [first = '', last = ''] = username.split('.').map((name) => name.slice(0, 1).toUpperCase() + name.slice(1))
  return { username, first, last, email: `${username}@${rest.tenants[0]}.test`, role, ...rest }
}

/** The account behind each of the ready tokens. */
export const TOKEN_ACCOUNTS: Readonly<Record<Role, string>> = {
  super_admin: 'mira.holt',
  company_admin: 'jonas.lind',
  user: 'tess.moreau',
}
