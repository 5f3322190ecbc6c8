import { shownText } from '../../domain'
import './filters.css'

type ChoiceProps = {
  label: string
  /** Null is any. */
  value: string | null
  values: readonly string[]
  onValue: (value: string | null) => void
}

/** Narrows a list to one of the values that something has. */
export function Choice({ label, value, values, onValue }: ChoiceProps) {
  // What the address names stays choosable where nothing has it.
  const offered = value !== null && !values.includes(value) ? [value, ...values] : values
  return (
    <select
      className="filter-input"
      data-chosen={value !== null || undefined}
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onValue(target.value === '' ? null : target.value)}
    >
      <option value="">{`${label}: any`}</option>
      {offered.map((one) => (
        <option key={one} value={one}>
          {shownText(one)}
        </option>
      ))}
    </select>
  )
}
