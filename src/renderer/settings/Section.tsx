import type { ReactNode } from 'react'

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2 className="card-head">{title}</h2>
      <div className="settings-body">{children}</div>
    </section>
  )
}
