import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './Kbd'
import './menu.css'

export type MenuItem =
  | { label: ReactNode; onPick: () => void; hotkey?: string; disabled?: boolean; danger?: boolean; checked?: boolean }
  | 'line'

export type MenuPlace = {
  /** In CSS pixels of the window. */
  x: number
  y: number
  /** Which edge of the menu stands at `x`, and on which side of `y` it opens. */
  edge?: 'left' | 'right'
  side?: 'below' | 'above'
}

export type MenuProps = {
  /** Where it opens; it moves to stay inside. */
  at: MenuPlace
  label: string
  items: MenuItem[]
  onClose: () => void
}

/** A menu over everything. Arrows, Home and End move, Enter picks, Escape, Tab or a press elsewhere closes. */
export function Menu({ at, label, items, onClose }: MenuProps) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ left: at.x, top: at.y })
  useLayoutEffect(() => {
    const size = box.current?.getBoundingClientRect()
    if (!size) return
    const left = at.edge === 'right' ? at.x - size.width : at.x
    const top = at.side === 'above' ? at.y - size.height : at.y
    setPlace({
      left: Math.max(4, Math.min(left, innerWidth - size.width - 4)),
      top: Math.max(4, Math.min(top, innerHeight - size.height - 4)),
    })
  }, [at.x, at.y, at.edge, at.side])
  useMenuFocus(box, onClose)

  return createPortal(
    <div
      ref={box}
      className="menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      style={place}
      onKeyDown={(event) => moveOrClose(event, onClose)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map((item, index) => (
        <MenuLine key={index} item={item} onClose={onClose} />
      ))}
    </div>,
    document.querySelector('dialog[open]') ?? document.body,
  )
}

function MenuLine({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  if (item === 'line') return <hr />
  const pick = () => {
    onClose()
    item.onPick()
  }
  return (
    <button
      type="button"
      role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={item.checked}
      tabIndex={-1}
      disabled={item.disabled}
      className={item.danger ? 'menu-danger' : undefined}
      onClick={pick}
    >
      {item.checked !== undefined && <span aria-hidden="true">{item.checked ? '✓' : ''}</span>}
      <span className="menu-label">{item.label}</span>
      {item.hotkey !== undefined && <Kbd>{item.hotkey}</Kbd>}
    </button>
  )
}

function useMenuFocus(box: React.RefObject<HTMLDivElement | null>, onClose: () => void): void {
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    const before = document.activeElement
    const element = box.current
    element?.focus()
    const press = (event: Event) => {
      if (event.target instanceof Node && !element?.contains(event.target)) close.current()
    }
    const leave = () => close.current()
    addEventListener('pointerdown', press, true)
    addEventListener('blur', leave)
    addEventListener('resize', leave)
    return () => {
      removeEventListener('pointerdown', press, true)
      removeEventListener('blur', leave)
      removeEventListener('resize', leave)
      const active = document.activeElement
      const isOurs = active === document.body || active === null || element?.contains(active)
      if (isOurs && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [box])
}

function moveOrClose(event: KeyboardEvent<HTMLDivElement>, onClose: () => void): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const to: Record<string, number> = {
    ArrowDown: (at + 1) % buttons.length,
    ArrowUp: at <= 0 ? buttons.length - 1 : at - 1,
    Home: 0,
    End: buttons.length - 1,
  }
  const next = to[event.key]
  if (next !== undefined) buttons[next]?.focus()
  else if (event.key === 'Escape' || event.key === 'Tab') onClose()
  else return
  event.preventDefault()
  event.stopPropagation()
}
