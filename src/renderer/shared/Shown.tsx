import { shownText } from '../../domain'

/** Text from a log or a file name, made harmless; direction marks in it cannot reach the words around it. */
export function Shown({ text, className }: { text: string; className?: string }) {
  return <bdi className={className}>{shownText(text)}</bdi>
}
