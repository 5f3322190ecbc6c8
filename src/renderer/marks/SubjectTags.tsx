import type { Subject } from '../../contract'
import { NO_MARKS } from './subject-name'
import { TagDialog } from './TagDialog'
import { useMarkActs, useMarksOf } from './use-marks'

/** The tags of one thing, to add one or to take one away. */
export function SubjectTags({ subject, onFault, onClose }: { subject: Subject; onFault: (words: string) => void; onClose: () => void }) {
  const marks = useMarksOf([subject])(subject) ?? NO_MARKS
  const acts = useMarkActs(onFault)
  return <TagDialog tags={marks.tags} onChange={(change) => acts.tag(subject, change)} onClose={onClose} />
}
