import { useState } from 'react'
import type { Citation } from '../../../contract'
import { IconButton } from '../../shared'
import { usePage } from '../page-context'
import { EventRows } from './EventRows'

const FIRST = 8

type CitedProps = { label: string; citations: readonly Citation[]; /** Left out where none can be taken away. */ onRemove?: ((key: string) => void) | undefined }

/** Cited events, as they were when they were cited; those that are another now say so. */
export function Cited({ label, citations, onRemove }: CitedProps) {
  const { drifted } = usePage()
  const [isAll, setAll] = useState(false)
  const shown = isAll ? citations : citations.slice(0, FIRST)
  return (
    <div className="nb-cited">
      <EventRows
        label={label}
        rows={shown.map(({ row }) => row)}
        aside={({ key, lead }) => {
          const state = drifted.get(key)
          return (
            <>
              {state && (
                <span className="nb-drift" title={state === 'changed' ? 'What is held now has other bytes than what was cited' : 'It is not held any more; the cited copy is'}>
                  {state === 'changed' ? 'changed since' : 'not held now'}
                </span>
              )}
              {onRemove && (
                <IconButton label={`Take away ${lead}`} onClick={() => onRemove(key)}>
                  ✕
                </IconButton>
              )}
            </>
          )
        }}
      />
      {citations.length > FIRST && (
        <button type="button" className="link nb-more" onClick={() => setAll(!isAll)}>
          {isAll ? 'Show the first alone' : `Show ${citations.length - FIRST} more`}
        </button>
      )}
    </div>
  )
}
