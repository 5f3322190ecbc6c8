import { Button, rangeWords, useButtonMenu, useZone } from '../shared'
import type { LookUse, Period } from './use-look'

const WORDS: Record<Period, string> = { quarter: 'Quarter', month: '30 days', all: 'All held', pin: 'Time pin' }

/** Which time is looked at. */
export function RangeChoice({ use: { period, pin, change } }: { use: LookUse }) {
  const zone = useZone()
  const item = (choice: 'quarter' | 'month' | 'all', label: string) => ({
    label,
    checked: period === choice,
    onPick: () => change({ period: choice, request: null }),
  })
  const items = [
    item('quarter', 'Quarter: the newest 90 days held'),
    item('month', 'The newest 30 days held'),
    item('all', 'All that is held'),
    ...(pin ? [{ label: `Time pin: ${rangeWords(pin, zone)}`, checked: period === 'pin', onPick: () => change({ period: null, request: null }) }] : []),
  ]
  const { opener, menu } = useButtonMenu({ label: 'Time looked at', items, edge: 'right' })
  return (
    <>
      <Button aria-label={`Time looked at: ${WORDS[period]}`} {...opener}>
        {WORDS[period]} <span aria-hidden="true">▾</span>
      </Button>
      {menu}
    </>
  )
}
