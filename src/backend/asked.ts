/** When somebody asks the backend: what runs in the background gives way to them. */
export class Asked {
  #underWay = 0
  #endedAt = -Infinity

  /** Milliseconds since the last answer; 0 while one is on its way. */
  since(): number {
    return this.#underWay > 0 ? 0 : performance.now() - this.#endedAt
  }

  async during<T>(answer: () => Promise<T>): Promise<T> {
    this.#underWay++
    try {
      return await answer()
    } finally {
      this.#underWay--
      this.#endedAt = performance.now()
    }
  }
}
