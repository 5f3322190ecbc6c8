import { Spinner } from '../shared'
import { FullNotice } from './FullNotice'

export function Opening() {
  return (
    <FullNotice title="Recount">
      <Spinner label="Opening the workspace" />
    </FullNotice>
  )
}
