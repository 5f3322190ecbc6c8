import { useState } from 'react'

/** The value as it was when things began to move, so that rows keep their places under the pointer until they rest. */
export function useSteady<T>(value: T, isMoving: boolean): T {
  const [kept, keep] = useState(value)
  if (!isMoving && kept !== value) keep(value)
  return isMoving ? kept : value
}
