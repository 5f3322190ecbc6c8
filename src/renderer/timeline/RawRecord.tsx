import { useMemo, useState } from 'react'
import { formatBytes, Shown } from '../shared'
import { useActions } from './ActionsContext'
import { FEW_BYTES, MOST_HEX, hexLines } from './raw-bytes'

/** The record as it was received. Whatever it holds is text here, and text that can drive nothing. */
export function RawRecord({ raw }: { raw: Uint8Array }) {
  const actions = useActions()
  const [all, setAll] = useState(false)
  const [hex, setHex] = useState(false)
  const part = useMemo(() => (all ? raw : raw.subarray(0, FEW_BYTES)), [all, raw])
  const text = useMemo(() => readText(raw, part), [raw, part])
  return (
    <section className="tl-card" aria-label="Raw record">
      <header>
        <h3>Raw record · {formatBytes(raw.length)}</h3>
        <button type="button" className="tl-link" aria-pressed={hex} onClick={() => setHex(!hex)}>
          {hex ? 'as text' : 'as hex'}
        </button>
        <button type="button" className="tl-link" onClick={() => actions.copy(new TextDecoder().decode(raw), 'Record')}>
          copy
        </button>
      </header>
      {!text.isUtf8 && <p className="tl-hint">Some bytes are not UTF-8 and show as �; the hex view shows them all.</p>}
      {hex ? (
        <pre className="tl-raw tl-hex" tabIndex={0}>
          {hexLines(part.subarray(0, MOST_HEX)).join('\n')}
        </pre>
      ) : (
        <pre className="tl-raw" tabIndex={0}>
          <Shown text={text.text} />
        </pre>
      )}
      {raw.length > part.length && (
        <button type="button" className="tl-link" onClick={() => setAll(true)}>
          show all {formatBytes(raw.length)}
        </button>
      )}
      {hex && part.length > MOST_HEX && <p className="tl-hint">The first {formatBytes(MOST_HEX)} are shown.</p>}
    </section>
  )
}

function readText(raw: Uint8Array, part: Uint8Array): { text: string; isUtf8: boolean } {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(raw)
    // A cut may split a character; streaming leaves its first bytes out.
    return { text: new TextDecoder().decode(part, { stream: true }), isUtf8: true }
  } catch {
    return { text: new TextDecoder().decode(part), isUtf8: false }
  }
}
