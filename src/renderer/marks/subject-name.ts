import type { MarkChange, Marks, Subject } from '../../contract'

export const NO_MARKS: Marks = { star: false, quick: null, tags: [], comments: 0 }

/** One text for a subject, to keep things by. */
export function subjectName(subject: Subject): string {
  switch (subject.kind) {
    case 'event':
      return `event ${subject.key}`
    case 'session':
    case 'finding':
      return `${subject.kind} ${subject.id}`
    case 'moment':
      return `moment ${subject.at} ${subject.recording}`
  }
}

/** The marks as they are with the change. */
export function changedMarks(marks: Marks, { star = marks.star, quick = marks.quick, add = [], remove = [] }: MarkChange): Marks {
  const tags = [...new Set([...marks.tags.filter((tag) => !remove.includes(tag)), ...add])]
  return { ...marks, star, quick, tags }
}

export function sameMarks(a: Marks, b: Marks): boolean {
  return a.star === b.star && a.quick === b.quick && a.comments === b.comments && a.tags.join(',') === b.tags.join(',')
}
