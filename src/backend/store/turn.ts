import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds of one turn; whoever else asks the backend waits that long. */
const LONG = 8

/** Tells who looks at all that is held when to let others in. */
export class Turn {
  #until = performance.now() + LONG

  isOver(): boolean {
    return performance.now() > this.#until
  }

  async next(): Promise<void> {
    await nextTurn()
    this.#until = performance.now() + LONG
  }
}
