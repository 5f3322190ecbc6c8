import type { SessionRow } from '../../contract'
import { SubjectGlyphs } from '../marks'
import { formatCount, ListGrid, type ListGridProps, Shown, useZone } from '../shared'
import { lengthWords, recordingWords, stateWord } from './session-words'

const COLUMNS = ['Started', 'User', 'Machine', 'Session', 'Client', 'Length', 'Commands', 'Failed', 'Recording', 'State']

/** All sessions that match. */
export function SessionTable(list: Omit<ListGridProps<SessionRow>, 'label' | 'columns' | 'className' | 'cells' | 'marks'>) {
  return <ListGrid {...list} label="Sessions" columns={COLUMNS} className="ss-list" cells={(row) => <Cells row={row} />} />
}

function Cells({ row }: { row: SessionRow }) {
  const { format } = useZone()
  return (
    <>
      <span role="gridcell" className="list-mono">
        {row.from === null ? '(unknown)' : format(row.from)}
      </span>
      <Text text={row.user} none="(unknown)" />
      <Text text={row.machine} none="" />
      <span role="gridcell" className="list-mono list-dim">
        <SubjectGlyphs subject={{ kind: 'session', id: row.id }} />
        <Shown text={row.session} />
      </span>
      <Text text={row.client} none="" dim />
      <span role="gridcell" className="list-mono list-dim">
        {lengthWords(row)}
      </span>
      <Count count={row.commands} />
      <Count count={row.failures} failed />
      <Recording row={row} />
      <span role="gridcell" className={row.state === 'open' ? 'ss-open' : 'list-dim'}>
        {stateWord(row)}
      </span>
    </>
  )
}

function Text({ text, none, dim = false }: { text: string | null; none: string; dim?: boolean }) {
  return (
    <span role="gridcell" className={dim || text === null ? 'list-dim' : undefined}>
      {text === null ? none : <Shown text={text} />}
    </span>
  )
}

function Count({ count, failed = false }: { count: number; failed?: boolean }) {
  return (
    <span role="gridcell" className={failed && count > 0 ? 'list-number list-failed' : 'list-number'}>
      {count === 0 ? <span className="ss-none">0</span> : formatCount(count)}
    </span>
  )
}

function Recording({ row }: { row: SessionRow }) {
  const words = recordingWords(row.recordings)
  return (
    <span role="gridcell">
      {words && (
        <span className={words.isMissing ? 'ss-badge' : 'ss-badge ss-badge-held'}>
          {!words.isMissing && <span aria-hidden="true">▶ </span>}
          {words.text}
        </span>
      )}
    </span>
  )
}
