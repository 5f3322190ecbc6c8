import { useEffect, useMemo, useRef } from 'react'
import { EmptyState, ErrorState, formatBytes, Spinner } from '../shared'
import { byteBlocks } from './byte-rows'
import { useReplay } from './replay-context'
import { useAsked } from './use-asked'
import { usePlayerPart } from './use-player'

const MOST = 4096

/** The bytes around the moment, before any terminal made something of them: the ground truth. */
export function ByteTab() {
  const { id, deck } = useReplay()
  // While it plays, once a second is as much as can be read.
  const moment = usePlayerPart(deck.player, ({ status, time }) => (status === 'playing' ? Math.floor(time) : time))
  const { last, fault } = useAsked('recording.bytes', { id, at: moment, most: MOST }, 0)
  const blocks = useMemo(() => (last ? byteBlocks(last) : []), [last])
  const current = blocks.findLastIndex(({ at }) => at <= moment + 1e-6)
  const here = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // Browsers differ in what this answers, and an effect may give back a function only.
    here.current?.scrollIntoView({ block: 'center' })
  }, [blocks, current])
  if (fault) return <ErrorState title="The bytes could not be shown" message={fault.message} />
  if (!last) return <Spinner label="Reading" />
  if (blocks.length === 0) return <EmptyState title="No bytes">Nothing was recorded around this moment.</EmptyState>
  return (
    <div className="rp-bytes" tabIndex={0}>
      <ul>
        {blocks.map(({ at, kind, length, line, rows }, index) => (
          <li key={index} ref={index === current ? here : undefined} aria-current={index === current || undefined}>
            {/* No stop of Tab: `,` and `.` go from event to event. */}
            <button type="button" tabIndex={-1} onClick={() => deck.player.seek(at)}>
              <span>{at.toFixed(3)}</span>
              {line ? <span className="rp-byte-line">{line}</span> : <span>{eventWords(kind, length)}</span>}
            </button>
            {rows.length > 0 && <pre>{rows.join('\n')}</pre>}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What is no output is listed without its bytes: typed input may be a password. */
function eventWords(kind: string, length: number): string {
  if (kind === 'output') return `output ${formatBytes(length)}`
  return kind === 'input' ? 'input, not shown here' : kind
}
