type LackingNoteProps = {
  /** Of `useLackingWords`. */
  lacking: string | null
  /** What follows from it, as a sentence. */
  so: string
}

/** Where a list shows nothing: what that rests on. */
export function LackingNote({ lacking, so }: LackingNoteProps) {
  if (lacking === null) return null
  if (lacking === '') return <p>Every list is complete for this time.</p>
  return (
    <p>
      {lacking}. {so}
    </p>
  )
}
