import type { ReactNode } from 'react'
import type { Address } from './address'
import { useAddress } from './use-address'

type PlaceLinkProps = {
  place: Partial<Address>
  className?: string
  title?: string
  label?: string
  /** It leads to what is shown. */
  isPresent?: boolean
  children: ReactNode
}

/** A link to another view; with a modifier key it is the browser's. */
export function PlaceLink({ place, className, title, label, isPresent = false, children }: PlaceLinkProps) {
  const { go, href } = useAddress()
  return (
    <a
      href={href(place)}
      className={className}
      title={title}
      aria-label={label}
      aria-current={isPresent ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        go(place)
      }}
    >
      {children}
    </a>
  )
}
