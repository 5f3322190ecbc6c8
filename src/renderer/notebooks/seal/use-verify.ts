import { useRef, useState } from 'react'
import { BackendFault, type ImportInput, type VerifiedBundle } from '../../../contract'
import { useBackend } from '../../api'
import { chooseInputs, handOver } from '../../import'
import { messageOf } from '../../shared'

export type VerifyState =
  | { step: 'choose'; problem: string | null }
  | { step: 'checking'; done: number | null }
  | { step: 'locked'; input: ImportInput; problem: string | null }
  | { step: 'told'; verified: VerifiedBundle }

/** Checks a bundle that the person picks: by its path on the desktop, else handed over. */
export function useVerify() {
  const backend = useBackend()
  const [state, setState] = useState<VerifyState>({ step: 'choose', problem: null })
  const stop = useRef<AbortController | null>(null)
  const check = async (input: ImportInput, passphrase: string | null) => {
    setState({ step: 'checking', done: null })
    try {
      const { value } = await backend.call('bundle.verify', { input, passphrase })
      setState({ step: 'told', verified: value })
      if ('upload' in input) await backend.call('upload.discard', { upload: input.upload })
    } catch (error) {
      const code = error instanceof BackendFault ? error.code : null
      if (code === 'unauthorized' || code === 'wrong-code') setState({ step: 'locked', input, problem: code === 'wrong-code' ? messageOf(error) : null })
      else setState({ step: 'choose', problem: messageOf(error) })
    }
  }
  const choose = async (what: 'files' | 'folder') => {
    const [chosen] = await chooseInputs(what)
    if (!chosen) return
    const control = new AbortController()
    stop.current = control
    try {
      setState({ step: 'checking', done: 0 })
      const [input] = await handOver(backend, [chosen], { signal: control.signal, onProgress: (done, total) => setState({ step: 'checking', done: total > 0 ? done / total : null }) })
      if (input) await check(input, null)
    } catch (error) {
      if (!control.signal.aborted) setState({ step: 'choose', problem: messageOf(error) })
    }
  }
  return { state, choose, check, again: () => setState({ step: 'choose', problem: null }), stop: () => stop.current?.abort() }
}
