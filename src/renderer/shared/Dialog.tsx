import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './IconButton'
import './dialog.css'

export type DialogProps = {
  title: ReactNode
  /** Asked for by Escape, the cross or a click beside the dialog. */
  onClose: () => void
  children: ReactNode
  /** Buttons at the foot. */
  actions?: ReactNode
  /** CSS pixels, 520 unless told. */
  width?: number
}

/** Modal: the page behind is inert, the focus stays inside and goes back at the end. It starts at `data-autofocus`. */
export function Dialog({ title, onClose, children, actions, width = 520 }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    if (element && !element.open) element.showModal()
    // Else the browser would start at the cross, the least likely wish.
    const start = element?.querySelector<HTMLElement>('[data-autofocus]') ?? element
    start?.focus()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      style={{ width }}
      tabIndex={-1}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="dialog-box">
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton label="Close" onClick={onClose}>
            ✕
          </IconButton>
        </header>
        <div className="dialog-body">{children}</div>
        {actions !== undefined && <footer>{actions}</footer>}
      </div>
    </dialog>
  )
}
