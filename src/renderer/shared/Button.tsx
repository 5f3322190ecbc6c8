import type { ButtonHTMLAttributes } from 'react'
import { Kbd } from './Kbd'
import './button.css'

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'plain' | 'primary' | 'quiet' | 'danger'
  /** Key that does the same, shown behind the words. */
  hotkey?: string
}

export function Button({ look = 'plain', hotkey, className = '', children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button-${look} ${className}`} {...rest}>
      {children}
      {hotkey !== undefined && <Kbd>{hotkey}</Kbd>}
    </button>
  )
}
