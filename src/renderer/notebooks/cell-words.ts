import type { CellContent } from '../../contract'
import { formatPlural, markdownBlocks, spanText } from '../shared'
import { claimWords } from './outline'

const MOST = 140

/** A cell in a line, as when it is folded. */
export function cellWords(content: CellContent): string {
  switch (content.kind) {
    case 'text':
      return textWords(content.text)
    case 'query':
    case 'chart':
      return [content.title, content.view.query || 'everything', content.frozen ? 'frozen' : ''].filter((part) => part !== '').join(' · ')
    case 'events':
      return `${content.title || 'Cited events'} · ${formatPlural(content.citations.length, 'event')}`
    case 'clip':
      return `Replay clip${content.title === '' ? '' : ` · ${content.title}`}`
    case 'finding':
      return `${claimWords(content.claim)} · ${content.severity}`
    case 'negative':
      return `${content.claim.trim() === '' ? 'Searched' : claimWords(content.claim)} · ${content.view.query || 'everything'}`
  }
}

function textWords(text: string): string {
  const first = markdownBlocks(text).find((block) => 'spans' in block)
  return cut(first && 'spans' in first ? spanText(first.spans) : text) || 'Empty text'
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MOST ? `${line.slice(0, MOST - 1)}…` : line
}
