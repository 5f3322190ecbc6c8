import type { Ask, CustodyAct, MethodName, Methods } from '../../contract'
import type { Instant } from '../../domain'
import type { CustodyLog } from '../notebook'
import type { Look } from './act'
import { ACTS } from './acts'
import { TYPED } from './notebook-acts'
import { Once } from './once'

/** Milliseconds for which one entry stands for what is typed into a cell. */
const TYPING = 60_000

type Surroundings = { log: CustodyLog; look: Look; now: () => Instant }

/** Stands around every method: what is done through one is written in the custody log, as the table of acts has it. */
export class Recorder {
  readonly #log: CustodyLog
  readonly #look: Look
  readonly #now: () => Instant
  readonly #looked = new Once()
  readonly #typed = new Once({ rest: TYPING, isKept: false })

  constructor({ log, look, now }: Surroundings) {
    this.#log = log
    this.#look = look
    this.#now = now
  }

  async run<M extends MethodName>(method: M, ask: Ask<M>, act: () => Methods[M] | Promise<Methods[M]>): Promise<Methods[M]> {
    const recorded = ACTS[method]
    if (!recorded) return act()
    const weight = recorded.weigh(ask)
    if (weight === 'typing' || weight === 'acting') this.#log.admit()
    const told = await recorded.begin(ask, this.#look)
    const answer = await act()
    const done = await told(answer)
    for (const one of done) if (this.#isNew(one, weight === 'reading')) this.#log.record(one)
    if (done.length > 0 && weight === 'acting') await this.#log.settle()
    // What is known is told, whatever the disk says; that it is not written stands in the log's state.
    if (done.length > 0 && weight === 'checking') await this.#log.settle().catch(() => undefined)
    return answer
  }

  #isNew({ action, object, detail }: CustodyAct, isReading: boolean): boolean {
    if (isReading) return this.#looked.isFirst(`${action} ${object}`, this.#now())
    if (!detail.startsWith(TYPED)) return true
    const cell = detail.slice(TYPED.length).split(' ', 1)[0] ?? ''
    return this.#typed.isFirst(`${object} ${cell}`, this.#now())
  }
}
