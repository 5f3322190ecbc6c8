import type { Ask, Marks } from '../../contract'
import { acts, over, type Look } from './act'
import { markChangeText, marksText, subjectText, viewText, wholeText } from './words'

/** Subjects whose marks before are told one by one; those of more are in the journal of what people write. */
const MOST_TOLD = 20

type Target = Ask<'mark.set'>['target']

export const markActs = {
  'mark.of': null,
  'mark.get': null,
  'mark.list': null,
  'mark.moments': null,
  'timeline.nextMark': null,
  'mark.set': over<'mark.set'>(async ({ target, change }, look) => {
    const before = await marksBefore(target, look)
    return ({ subjects }) => [{ action: 'mark', object: targetText(target, subjects), detail: `${markChangeText(change)}${before}` }]
  }),
  'comment.add': acts<'comment.add'>(({ subject, text }, { id }) => ({
    action: 'comment',
    object: subjectText(subject),
    detail: `comment ${id}: ${wholeText(text)}`,
  })),
  'comment.edit': over<'comment.edit'>(({ id, text }, look) => {
    const before = look.comment(id)
    return ({ versions }) => {
      const old = before?.text ?? versions[0]?.text ?? ''
      const detail = `comment ${id} changed to: ${wholeText(text)}\nbefore: ${wholeText(old)}`
      return [{ action: 'comment', object: before ? subjectText(before.subject) : `comment ${id}`, detail }]
    }
  }),
  'comment.remove': over<'comment.remove'>(({ id }, look) => {
    const before = look.comment(id)
    const object = before ? subjectText(before.subject) : `comment ${id}`
    return () => [{ action: 'comment', object, detail: `comment ${id} taken back; it said: ${wholeText(before?.text ?? '')}` }]
  }),
}

function targetText(target: Target, subjects: number): string {
  if ('view' in target) return `${subjects} events of: ${viewText(target.view)}`
  const [first] = target.subjects
  return target.subjects.length === 1 && first ? subjectText(first) : `${subjects} subjects`
}

async function marksBefore(target: Target, look: Look): Promise<string> {
  if ('view' in target || target.subjects.length > MOST_TOLD) return ''
  const { subjects } = target
  const marks = await look.ask('mark.of', { subjects }).catch((): Marks[] => [])
  const words = subjects.map((subject, at) => {
    const before = marks[at]
    return `${subjects.length > 1 ? `${subjectText(subject)}: ` : ''}${before ? marksText(before) : 'not known'}`
  })
  return `; before: ${words.join('; ')}`
}
