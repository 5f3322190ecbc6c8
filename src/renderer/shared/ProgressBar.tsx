import './feedback.css'

export type ProgressBarProps = {
  /** From 0 to 1; null while it cannot be told. */
  value: number | null
  label: string
}

export function ProgressBar({ value, label }: ProgressBarProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div
      className={percent === null ? 'progress progress-open' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
    >
      <div className="progress-done" style={percent === null ? undefined : { transform: `scaleX(${percent / 100})` }} />
    </div>
  )
}
