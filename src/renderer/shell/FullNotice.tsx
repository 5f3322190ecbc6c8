import type { ReactNode } from 'react'
import { Logo } from '../shared'
import './full-notice.css'

/** A state of the whole page in which there is nothing else to show. */
export function FullNotice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="full-notice">
      <Logo size={38} />
      <div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
