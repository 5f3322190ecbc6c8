import { useEffect, useState } from 'react'
import { type Ask, BackendFault, type MethodName, type Methods } from '../../contract'
import { useBackend } from '../api'

export type Asked<M extends MethodName> = {
  value: Methods[M] | null
  /** The last answer to any ask, for whoever shows that until the next one is here. */
  last: Methods[M] | null
  fault: BackendFault | null
  asking: boolean
}

type Answered<M extends MethodName> = Omit<Asked<M>, 'asking'> & { text: string }

/**
 * The answer about an opened recording, asked again after every change of `turn`: what is read of it grows without a
 * change of the store. The last answer to the same ask stays until then.
 */
export function useAsked<M extends MethodName>(method: M, ask: Ask<M> | null, turn: number): Asked<M> {
  const backend = useBackend()
  const text = JSON.stringify(ask)
  const [answered, setAnswered] = useState<Answered<M> | null>(null)
  useEffect(() => {
    if (text === 'null') return
    let dropped = false
    const put = (answer: Pick<Asked<M>, 'value' | 'fault'>) => {
      if (!dropped) setAnswered((before) => ({ text, ...answer, last: answer.value ?? before?.last ?? null }))
    }
    backend.call(method, JSON.parse(text) as Ask<M>).then(
      ({ value }) => put({ value, fault: null }),
      (error: unknown) => {
        const fault = error instanceof BackendFault ? error : new BackendFault({ code: 'internal', message: String(error) })
        if (fault.code !== 'disconnected') put({ value: null, fault })
      },
    )
    return () => {
      dropped = true
    }
  }, [backend, method, text, turn])
  if (answered?.text === text) return { ...answered, asking: false }
  return { value: null, last: answered?.last ?? null, fault: null, asking: text !== 'null' }
}
