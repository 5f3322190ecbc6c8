import type { CustodyProblem } from '../../../contract'
import { ChainCheck } from './chain-check'

/** Checks a custody log that is all in memory, as a sealed bundle holds it. */
export function checkCustodyLines(bytes: Uint8Array): { entries: number; head: string; problems: CustodyProblem[]; found: number } {
  const check = new ChainCheck()
  let from = 0
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
    check.take(bytes.subarray(from, at + 1))
    from = at + 1
  }
  if (from < bytes.length) check.tell(check.seq + 1, 'The last line is cut short.')
  const { entries, head, problems, found } = check
  return { entries, head, problems, found }
}
