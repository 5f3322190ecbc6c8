import type { ApprovalHours } from '../../../../contract'
import type { Population } from '../population'
import type { JudgedPattern } from './judged'

/** An hour belongs to those of work from such a share of all decisions on. */
const AT_WORK = 0.02

export function* hoursShown({ decided, localTime }: Population, judged: readonly JudgedPattern[]): Generator<void, ApprovalHours> {
  const counts = Array.from({ length: 24 }, () => 0)
  let timed = 0
  for (const [i, { decision }] of decided.entries()) {
    if (i % 1024 === 0) yield
    if (decision.at === null) continue
    const { hour } = localTime(decision.at)
    counts[hour] = (counts[hour] ?? 0) + 1
    timed++
  }
  const { from, to } = workHours(counts, timed)
  const flagged = new Map<number, ApprovalHours['flagged'][number]>()
  for (const { id, pattern, level, by } of judged) {
    if (by !== null) continue
    for (const hour of pattern.hours) {
      // The gravest come first.
      const known = flagged.get(hour) ?? { hour, n: 0, pattern: id, level }
      flagged.set(hour, known)
      known.n++
    }
  }
  return {
    counts,
    flagged: [...flagged.values()].sort((a, b) => a.hour - b.hour),
    untimed: decided.length - timed,
    workFrom: from,
    workTo: to,
  }
}

/** The shortest run of hours around the clock that leaves out none in which people work; all day where nothing is known. */
export function workHours(counts: readonly number[], n: number): { from: number; to: number } {
  const busy = counts.flatMap((count, hour) => (n > 0 && count >= AT_WORK * n ? [hour] : []))
  if (busy.length === 0) return { from: 0, to: 24 }
  const runs = busy.map((hour, i) => {
    const before = busy[(i + busy.length - 1) % busy.length] ?? hour
    return { from: hour, to: (before + 1) % 24 || 24, length: ((before - hour + 24) % 24) + 1 }
  })
  return runs.reduce((best, run) => (run.length < best.length ? run : best))
}
