import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { matchWords } from './match-words'
import './pick-list.css'

export type PickItem = {
  id: string
  /** What is searched and shown. */
  text: string
  hint?: ReactNode
  selected?: boolean
}

export type PickListProps = {
  label: string
  placeholder: string
  items: PickItem[]
  onPick: (id: string, typed: string) => void
  /** Items that depend on what is typed, after the found ones. */
  more?: (typed: string) => PickItem[]
  autoFocus?: boolean
}

const MOST_SHOWN = 600

/** A search field over a list: type to narrow, arrows to move, Enter to pick. */
export function PickList({ label, placeholder, items, onPick, more, autoFocus }: PickListProps) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const found = items.filter((item) => matchWords(item.text, typed)).slice(0, MOST_SHOWN)
  const shown = [...found, ...(more?.(typed) ?? [])]
  const active = Math.min(at, shown.length - 1)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const item = shown[active]
    if (step !== undefined) setAt((active + step + shown.length) % Math.max(1, shown.length))
    else if (event.key === 'Enter' && item && !event.nativeEvent.isComposing) onPick(item.id, typed)
    else return
    event.preventDefault()
  }
  return (
    <div className="pick-list">
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        data-autofocus={autoFocus ? '' : undefined}
        value={typed}
        onKeyDown={press}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
      />
      <ul id={id} ref={list} role="listbox" aria-label={label}>
        {shown.map((item, index) => (
          // The keyboard reaches the options through the field, which keeps the focus.
          <li
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(item.id, typed)}
          >
            <span>{item.text}</span>
            {item.selected && <span className="pick-list-mark">✓ in use</span>}
            {item.hint !== undefined && <span className="pick-list-hint">{item.hint}</span>}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="pick-list-none">Nothing matches</p>}
    </div>
  )
}
