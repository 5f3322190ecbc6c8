import { CHAIN_NOT_CHECKED, type TimeStamp } from '../../../contract'
import { Fact, Shown, useZone } from '../../shared'

/** What a time stamp authority says of a seal. */
export function StampFact({ stamp: { at, authority } }: { stamp: TimeStamp }) {
  const { format, label } = useZone()
  return (
    <Fact name="Time stamp">
      this seal was there at {format(at)} {label}, by <Shown text={authority} />
      <br />
      <span className="seal-hint">{CHAIN_NOT_CHECKED}</span>
    </Fact>
  )
}
