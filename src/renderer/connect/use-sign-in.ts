import { useEffect, useRef, useState } from 'react'
import { BackendFault, type SignInStep } from '../../contract'
import type { Connection } from '../../domain'
import { useBackend } from '../api'
import { problemOf } from './fault-field'
import { missing, type Problem, type Remembered, rememberedOf, type SignInWay, signInAsk } from './sign-in-form'

export type Step = { step: 'address' } | SignInStep

export type SignInUse = {
  at: Step
  remembered: Remembered
  /** Something has been asked and has not been answered. */
  isBusy: boolean
  problem: Problem | null
  /** Grows with every refusal, so that the field in question gets the focus each time. */
  turn: number
  send: (remembered: Remembered, secret: string) => void
  sendCode: (code: string) => void
  sendTenant: (tenant: string) => void
  /** Keeps what was found; the connection gets this name where it is new. */
  keep: (name: string) => void
  /** Gives up waiting; the answer is ignored when it comes. */
  stopWaiting: () => void
  startOver: () => void
}

const START: Step = { step: 'address' }

type Refusal = { problem: Problem | null; turn: number }

/** One question at a time; the answer to one that was given up is ignored. */
function useAsking() {
  const [isBusy, setBusy] = useState(false)
  const [{ problem, turn }, setRefusal] = useState<Refusal>({ problem: null, turn: 0 })
  const call = useRef(0)
  useEffect(() => () => void call.current++, [])
  const refuse = (next: Problem) => setRefusal((before) => ({ problem: next, turn: before.turn + 1 }))
  const clear = () => setRefusal((before) => ({ ...before, problem: null }))
  const run = <T>(asked: Promise<T>, take: (value: T) => void, fail: (error: unknown) => void) => {
    const own = ++call.current
    const ifWanted = <V>(then: (value: V) => void) => (value: V) => {
      if (own !== call.current) return
      setBusy(false)
      then(value)
    }
    setBusy(true)
    clear()
    asked.then(ifWanted(take), ifWanted(fail))
  }
  const stopWaiting = () => {
    call.current++
    setBusy(false)
  }
  return { isBusy, problem, turn, refuse, clear, run, stopWaiting }
}

/** A sign-in step by step. The secret is handed on and kept nowhere. */
export function useSignIn(again: Connection | null, onConnected: (connection: Connection) => void): SignInUse {
  const backend = useBackend()
  const [at, setAt] = useState<Step>(START)
  const [remembered, setRemembered] = useState(() => rememberedOf(again))
  const { isBusy, problem, turn, refuse, clear, run, stopWaiting } = useAsking()
  const ticket = at.step === 'address' ? '' : at.ticket
  const fail = (way: SignInWay) => (error: unknown) => {
    if (error instanceof BackendFault && (error.code === 'ticket-expired' || error.code === 'unauthorized')) setAt(START)
    refuse(problemOf(error, at.step, way))
  }
  const goOn = (asked: Promise<{ value: SignInStep }>, way = remembered.way) =>
    run(asked, ({ value }) => setAt(value), fail(way))
  const end = (asked: Promise<{ value: Connection }>) =>
    run(asked, ({ value }) => onConnected(value), fail(remembered.way))
  return {
    at,
    remembered,
    isBusy,
    problem,
    turn,
    send(next, secret) {
      setRemembered(next)
      const lack = missing(next, secret)
      if (lack) return refuse(lack)
      const { method, ask } = signInAsk(next, secret)
      goOn(method === 'server.signIn' ? backend.call(method, ask) : backend.call(method, ask), next.way)
    },
    sendCode(code) {
      if (code === '') return refuse({ field: 'code', message: 'The code is missing.' })
      goOn(backend.call('server.verifyCode', { ticket, code }))
    },
    sendTenant: (tenant) => goOn(backend.call('server.chooseTenant', { ticket, tenant })),
    keep(name) {
      if (again) return end(backend.call('server.signInAgain', { ticket, name: again.name }))
      if (name === '') return refuse({ field: 'name', message: 'The connection needs a name.' })
      end(backend.call('server.connect', { ticket, name }))
    },
    stopWaiting,
    startOver() {
      setAt(START)
      clear()
    },
  }
}
