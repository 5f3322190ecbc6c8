import type { TlpLabel } from '../../contract'
import './tlp.css'

/** A label of the Traffic Light Protocol, in the colours that its standard fixes for every ground. */
export function Tlp({ label }: { label: TlpLabel }) {
  return (
    <span className="tlp" data-tlp={label}>
      {label}
    </span>
  )
}
