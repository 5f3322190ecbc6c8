import { type RefObject, useEffect, useState } from 'react'
import './filters.css'

/** Milliseconds after the last key before what was typed is asked for. */
const PAUSE = 200

type TextFilterProps = {
  label: string
  placeholder: string
  text: string
  onText: (text: string) => void
  /** The field, which a key leads to. */
  input: RefObject<HTMLInputElement | null>
}

/** A field that narrows a list while it is typed into. */
export function TextFilter({ label, placeholder, text, onText, input }: TextFilterProps) {
  const [typed, setTyped] = useState(text)
  const [known, setKnown] = useState(text)
  if (known !== text) {
    setKnown(text)
    if (text !== typed.trim()) setTyped(text)
  }
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => onText(typed.trim()), PAUSE)
    return () => clearTimeout(timer)
  })
  return (
    <input
      ref={input}
      type="search"
      className="filter-input filter-text"
      maxLength={200}
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
    />
  )
}
