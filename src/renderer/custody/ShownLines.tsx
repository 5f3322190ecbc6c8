import { Fragment } from 'react'
import { Shown } from '../shared'

/** Text of several lines, which its place shows as such. */
export function ShownLines({ text }: { text: string }) {
  return text.split('\n').map((line, at) => (
    <Fragment key={at}>
      {at > 0 && '\n'}
      <Shown text={line} />
    </Fragment>
  ))
}
