export function Logo({ size }: { size: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 3.5A12.5 12.5 0 1 0 28.5 16" fill="none" stroke="currentColor" strokeWidth="7" />
    </svg>
  )
}
