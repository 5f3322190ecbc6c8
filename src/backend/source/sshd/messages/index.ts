import type { Family } from '../programs'
import { readAccounts } from './accounts'
import type { Attempt } from './attempt'
import { firstWords, type Draft } from './draft'
import { readLogin, readLogind, readPolkit, readSu } from './logins'
import { readOtherPam } from './pam'
import { readSshd } from './sshd'
import { readSudo } from './sudo'

export { readCount, readFold, signOf, type Attempt, type Sign } from './attempt'
export { blankDraft, type Draft } from './draft'

/** What a message turned out to be: not of our concern, an event, or an event about an attempt to sign in. */
export type Told = { event: boolean; attempt: Attempt | null }

const EVENT: Told = { event: true, attempt: null }
const NOTHING: Told = { event: false, attempt: null }

/** Reads a message of a program of this family into the draft. */
export function readMessage(family: Family, draft: Draft, message: string): Told {
  const told = dispatch(family, draft, message)
  if (draft.actionRaw === '') draft.actionRaw = firstWords(message)
  return told
}

function dispatch(family: Family, draft: Draft, message: string): Told {
  switch (family) {
    case 'sshd': {
      const attempt = readSshd(draft, message)
      return attempt === null ? EVENT : { event: true, attempt }
    }
    case 'pam-only':
      return readOtherPam(draft, message) ? EVENT : NOTHING
    default:
      READERS[family](draft, message)
      return EVENT
  }
}

const READERS: Record<Exclude<Family, 'sshd' | 'pam-only'>, (draft: Draft, message: string) => void> = {
  sudo: readSudo,
  su: readSu,
  accounts: readAccounts,
  login: readLogin,
  logind: readLogind,
  polkit: readPolkit,
}
