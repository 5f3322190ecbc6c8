import './filters.css'

type CheckProps = { label: string; isOn: boolean; isOff?: boolean; title?: string; onToggle: (isOn: boolean) => void }

/** Narrows a list, or widens it. */
export function Check({ label, isOn, isOff = false, title, onToggle }: CheckProps) {
  return (
    <label className="filter-check" title={title}>
      <input type="checkbox" checked={isOn} disabled={isOff} onChange={({ target }) => onToggle(target.checked)} />
      {label}
    </label>
  )
}
