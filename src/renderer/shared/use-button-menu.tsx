import { type MouseEvent, type ReactNode, useState } from 'react'
import { Menu, type MenuItem, type MenuPlace } from './Menu'

/** Pixels between a button and its menu. */
const GAP = 4

type ButtonMenu = {
  label: string
  items: MenuItem[]
  /** Edge of the button that the menu keeps to, and the side that it opens on. */
  edge?: 'left' | 'right'
  side?: 'below' | 'above'
}

/** What makes a button open a menu, and the menu while it is open. */
export function useButtonMenu({ label, items, edge = 'left', side = 'below' }: ButtonMenu) {
  const [at, setAt] = useState<MenuPlace | null>(null)
  const onClick = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    const box = currentTarget.getBoundingClientRect()
    setAt({ x: box[edge], y: side === 'below' ? box.bottom + GAP : box.top - GAP, edge, side })
  }
  const menu: ReactNode = at && <Menu at={at} label={label} items={items} onClose={() => setAt(null)} />
  return { opener: { 'aria-haspopup': 'menu', 'aria-expanded': at !== null, onClick } as const, menu }
}
