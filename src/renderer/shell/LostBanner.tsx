import { Button } from '../shared'
import './lost-banner.css'

export function LostBanner({ isTrying, onRetry }: { isTrying: boolean; onRetry: () => void }) {
  return (
    <div className="lost-banner" role="alert">
      <span aria-hidden="true">⚠</span>
      <span>
        <b>The program behind this window does not answer.</b> What is shown stays; nothing new can be read until it is
        back.
      </span>
      <Button onClick={onRetry} aria-disabled={isTrying}>
        {isTrying ? 'Trying…' : 'Retry'}
      </Button>
    </div>
  )
}
