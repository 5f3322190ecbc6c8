import { useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Ask, Backend, MethodName, Methods } from '../../contract'
import { afterPaint } from './after-paint'
import { BackendContext } from './BackendProvider'
import { type Answered, LiveAnswer } from './live-answer'

export function useBackend(): Backend {
  const backend = useContext(BackendContext)
  if (!backend) throw new Error('useBackend needs a BackendProvider')
  return backend
}

/**
 * An answer that stays true: asked again when the ask or what it was read from changes. Null asks nothing. One that
 * `waits` is asked for when something else was answered and drawn.
 */
export function useAnswer<M extends MethodName>(method: M, ask: Ask<M> | null, waits = false): Answered<Methods[M]> {
  const backend = useBackend()
  const [live] = useState(() => new LiveAnswer(method))
  const answered = useSyncExternalStore(live.subscribe, live.get)
  const text = JSON.stringify(ask)
  useEffect(() => live.attach(backend), [live, backend])
  const waited = useRef(false)
  useEffect(() => {
    const send = () => live.change(JSON.parse(text) as Ask<M> | null)
    if (!waits && waited.current) {
      waited.current = false
      return afterPaint(send)
    }
    waited.current = waits
    if (!waits) send()
  }, [live, text, waits])
  const isAbout = live.isAbout(ask)
  // Between the render with a new ask and the effect that sends it, the answer must not pass for the new ask's.
  return useMemo(
    () => (isAbout ? answered : { ...answered, asking: text !== 'null', current: false }),
    [answered, isAbout, text],
  )
}
