import type { ReactNode } from 'react'

type CardProps = {
  head: ReactNode
  /** At the right of the head: counts, state and acts. */
  meta?: ReactNode
  children?: ReactNode
  className?: string
}

/** The box of a cell that shows what is held. */
export function Card({ head, meta, children, className = '' }: CardProps) {
  return (
    <div className={`nb-card ${className}`}>
      <header>
        <div className="nb-card-title">{head}</div>
        {meta !== undefined && <div className="nb-card-meta">{meta}</div>}
      </header>
      {children}
    </div>
  )
}
