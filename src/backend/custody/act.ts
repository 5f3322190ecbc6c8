import type { Ask, CustodyAct, MethodName, Methods, Subject } from '../../contract'

/** What somebody who writes an act down may look up before it is done. */
export type Look = {
  /** As any caller would be answered, unrecorded. */
  ask<M extends MethodName>(method: M, ask: Ask<M>): Promise<Methods[M]>
  comment(id: string): { text: string; subject: Subject } | null
}

/**
 * `reading` changes nothing: it is gathered, and told once while it goes on. `typing` comes with many keystrokes: durable
 * within a second. `acting` and `checking` are durable before they are answered. Where nothing can be written, `typing` and
 * `acting` are refused; the others wait in memory, which the log's state tells.
 */
export type Weight = 'reading' | 'checking' | 'typing' | 'acting'

/** What is to be written of an act that was done; nothing where the list is empty. */
type Told<M extends MethodName> = (answer: Methods[M]) => CustodyAct[] | Promise<CustodyAct[]>

export type Recorded<M extends MethodName> = {
  weigh: (ask: Ask<M>) => Weight
  /** Looks up what was there before. */
  begin: (ask: Ask<M>, look: Look) => Told<M> | Promise<Told<M>>
}

type Make<M extends MethodName> = (ask: Ask<M>, answer: Methods[M]) => CustodyAct | null

export function reads<M extends MethodName>(make: Make<M>): Recorded<M> {
  return recorded('reading', make)
}

export function acts<M extends MethodName>(make: Make<M>): Recorded<M> {
  return recorded('acting', make)
}

export function checks<M extends MethodName>(make: Make<M>): Recorded<M> {
  return recorded('checking', make)
}

function recorded<M extends MethodName>(weight: Weight, make: Make<M>): Recorded<M> {
  return {
    weigh: () => weight,
    begin: (ask) => (answer) => {
      const act = make(ask, answer)
      return act ? [act] : []
    },
  }
}

/** The same for an act of which the state before is told. */
export function over<M extends MethodName>(begin: Recorded<M>['begin'], weigh: Recorded<M>['weigh'] = () => 'acting'): Recorded<M> {
  return { weigh, begin }
}
