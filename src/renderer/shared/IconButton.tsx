import type { ButtonHTMLAttributes } from 'react'
import './button.css'

export type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** Says what it does, to screen readers and on hover. */
  label: string
}

export function IconButton({ label, className = '', children, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      {children}
    </button>
  )
}
