import { type ReactNode, useRef, useState } from 'react'
import { PlaceLink } from '../address'
import { useBackend } from '../api'
import { formatPlural, messageOf, Shown } from '../shared'

type Merged = { id: string; title: string; added: number; conflicts: number }

/** Takes in another investigator's copy of a notebook. */
export function useMerge(): { merge: () => void; input: ReactNode; words: ReactNode } {
  const backend = useBackend()
  const field = useRef<HTMLInputElement>(null)
  const [merged, setMerged] = useState<Merged | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = async (file: File): Promise<Merged> => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { value } = await backend.call('notebook.merge', { bytes })
    const { title } = (await backend.call('notebook.get', { id: value.id })).value
    return { ...value, title }
  }
  const choose = (files: FileList | null) => {
    const file = files?.[0]
    if (!file) return
    setProblem(null)
    take(file).then(setMerged, (error: unknown) => {
      setMerged(null)
      setProblem(messageOf(error))
    })
  }
  const input = (
    <input
      ref={field}
      type="file"
      hidden
      aria-label="Copy of a notebook"
      onChange={({ target }) => {
        choose(target.files)
        target.value = ''
      }}
    />
  )
  const words = (
    <>
      {merged && <MergedWords merged={merged} />}
      {problem !== null && (
        <p className="nb-problem">
          Not taken in: <Shown text={problem} />
        </p>
      )}
    </>
  )
  return { merge: () => field.current?.click(), input, words }
}

function MergedWords({ merged: { id, title, added, conflicts } }: { merged: Merged }) {
  return (
    <p>
      <PlaceLink place={{ screen: 'notebook', notebook: id }}>
        <Shown text={title} />
      </PlaceLink>
      {added === 0 ? ' held everything of this copy already.' : ` took in ${formatPlural(added, 'entry', 'entries')}.`}{' '}
      {conflicts > 0 ? `${formatPlural(conflicts, 'cell')} ${conflicts === 1 ? 'was' : 'were'} written by both: both writings are kept until one is chosen.` : 'Nothing disagrees.'}
    </p>
  )
}
