import type { ReactNode } from 'react'
import { formatShortCount } from '../shared'
import { ByteTab } from './ByteTab'
import { CommandTab } from './CommandTab'
import { FactTab } from './FactTab'
import { factCount } from './fact-rows'
import { HitTab } from './HitTab'
import { MarkTab } from './MarkTab'
import { useReplay, type Tab } from './replay-context'
import { SearchField } from './SearchField'
import { TranscriptTab } from './TranscriptTab'

const CONTENT: Record<Tab, () => ReactNode> = {
  hits: HitTab,
  commands: CommandTab,
  transcript: TranscriptTab,
  marks: MarkTab,
  facts: FactTab,
  bytes: ByteTab,
}

/** What was typed, found and noticed, beside the screen. */
export function SidePanel() {
  const { tab, setTab, search, commands, marked, opened } = useReplay()
  const isSearching = search.text !== ''
  const tabs: { tab: Tab; label: string; count: number | null }[] = [
    ...(isSearching ? [{ tab: 'hits' as const, label: 'Hits', count: search.asking ? null : search.total }] : []),
    { tab: 'commands', label: 'Commands', count: commands?.length ?? null },
    { tab: 'transcript', label: 'Transcript', count: null },
    { tab: 'marks', label: 'Marks', count: marked?.length || null },
    { tab: 'facts', label: 'Facts', count: factCount(opened) || null },
    { tab: 'bytes', label: 'Bytes', count: null },
  ]
  const shown = tab === 'hits' && !isSearching ? 'commands' : tab
  const Content = CONTENT[shown]
  const move = (by: number) => {
    const at = tabs.findIndex((other) => other.tab === shown)
    const next = tabs[(at + by + tabs.length) % tabs.length]
    if (!next) return
    setTab(next.tab)
    document.getElementById(`rp-tab-${next.tab}`)?.focus()
  }
  return (
    <aside className="rp-panel" aria-label="Beside the recording">
      <div
        className="rp-tabs"
        role="tablist"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
          event.preventDefault()
          move(event.key === 'ArrowLeft' ? -1 : 1)
        }}
      >
        {tabs.map(({ tab: name, label, count }) => (
          <button
            key={name}
            id={`rp-tab-${name}`}
            type="button"
            role="tab"
            aria-selected={name === shown}
            aria-controls="rp-tab-content"
            tabIndex={name === shown ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {label}
            {count !== null && <span>{formatShortCount(count)}</span>}
          </button>
        ))}
      </div>
      <SearchField />
      <div className="rp-content" id="rp-tab-content" role="tabpanel" aria-labelledby={`rp-tab-${shown}`}>
        <Content />
      </div>
    </aside>
  )
}
