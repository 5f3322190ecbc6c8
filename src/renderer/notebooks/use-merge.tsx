import { type ReactNode, useRef, useState } from 'react'
import type { NotebookMerge } from '../../contract'
import { PlaceLink } from '../address'
import { useBackend } from '../api'
import { messageOf, Shown } from '../shared'
import { MergeDialog } from './MergeDialog'

/** Takes in another investigator's copy of a notebook, after what it would bring was shown. */
export function useMerge(): { merge: () => void; input: ReactNode; words: ReactNode } {
  const backend = useBackend()
  const field = useRef<HTMLInputElement>(null)
  const [copy, setCopy] = useState<{ bytes: Uint8Array; brings: NotebookMerge } | null>(null)
  const [merged, setMerged] = useState<NotebookMerge | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const fail = (error: unknown) => setProblem(messageOf(error))
  const choose = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    setCopy({ bytes, brings: (await backend.call('notebook.compare', { bytes })).value })
  }
  const take = async (bytes: Uint8Array) => {
    setCopy(null)
    setMerged((await backend.call('notebook.merge', { bytes })).value)
  }
  const input = (
    <input
      ref={field}
      type="file"
      hidden
      aria-label="Copy of a notebook"
      onChange={({ target }) => {
        const file = target.files?.[0]
        setMerged(null)
        setProblem(null)
        if (file) choose(file).catch(fail)
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
      {copy && <MergeDialog brings={copy.brings} onClose={() => setCopy(null)} onTake={() => void take(copy.bytes).catch(fail)} />}
    </>
  )
  return { merge: () => field.current?.click(), input, words }
}

function MergedWords({ merged: { id, title, conflicts } }: { merged: NotebookMerge }) {
  return (
    <p>
      <PlaceLink place={{ screen: 'notebook', notebook: id, cell: undefined }}>
        <Shown text={title} />
      </PlaceLink>{' '}
      took in the copy. {conflicts > 0 ? 'Where both wrote the same cell, both writings are kept until one is chosen.' : 'Nothing disagrees.'}
    </p>
  )
}
