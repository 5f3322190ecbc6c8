import type { Ask, MarkedMoment } from '../contract'
import type { DetectionContext } from './detection-handlers'
import { on, type Handlers } from './handler'

export function momentHandlers({ notebook }: DetectionContext) {
  return {
    'mark.moments': on(['mark'], ({ recording }: Ask<'mark.moments'>): MarkedMoment[] => {
      const found = notebook.marks().all().flatMap(({ subject, marks }) => {
        return subject.kind === 'moment' && subject.recording === recording ? [{ at: subject.at, marks }] : []
      })
      return found.toSorted((a, b) => a.at - b.at)
    }),
  } satisfies Partial<Handlers>
}
