import type { ReactNode } from 'react'
import { Shown } from './Shown'

type FactProps = {
  name: string
  /** As a machine wrote it; else the children. */
  text?: string
  children?: ReactNode
}

/** A line of a list of facts. */
export function Fact({ name, text, children }: FactProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text === undefined ? children : <Shown text={text} />}</dd>
    </>
  )
}
