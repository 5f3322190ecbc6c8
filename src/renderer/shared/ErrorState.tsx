import { Button } from './Button'
import { Shown } from './Shown'
import './feedback.css'

export type ErrorStateProps = { title?: string; message: string; onRetry?: (() => void) | undefined }

export function ErrorState({ title = 'This could not be shown', message, onRetry }: ErrorStateProps) {
  return (
    <div className="error-state" role="alert">
      <h2>
        <span aria-hidden="true">!</span> {title}
      </h2>
      <p>
        <Shown text={message} />
      </p>
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}
