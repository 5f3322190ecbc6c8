import { SEAL_PROVES } from '../../../contract'

/** What a seal proves and what it does not: stands wherever one is made or checked. */
export function Proves() {
  return (
    <div className="seal-proves">
      {SEAL_PROVES.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  )
}
