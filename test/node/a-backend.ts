import type { RunningBackend } from '../../src/backend'
import { type Backend, BackendFault } from '../../src/contract'

export type Answers = Record<string, (ask: unknown) => unknown>

export type FakeBackend = RunningBackend & { tell(notice: string, payload: unknown): void; closed: boolean }

/** A backend of a few answers, for tests of what carries calls to it. */
export function aBackend(answers: Answers): FakeBackend {
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const backend: Backend = {
    call: async (method, ask) => {
      const answer = answers[method]
      if (!answer) throw new BackendFault({ code: 'unknown-method', message: method })
      return { value: await answer(ask), tables: [], revision: 1 } as never
    },
    on(notice, listener) {
      const set = listeners.get(notice) ?? new Set()
      listeners.set(notice, set.add(listener))
      return () => set.delete(listener)
    },
  }
  return {
    ...backend,
    closed: false,
    tell(notice, payload) {
      for (const listener of listeners.get(notice) ?? []) listener(payload as never)
    },
    async close() {
      this.closed = true
    },
  }
}
