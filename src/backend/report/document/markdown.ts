import { shownText } from '../../../domain'
import { cellText, columnsOn } from './cells'
import type { Bars, Block, Document, Inline, Table } from './model'
import { zoneClock, type ZoneClock } from './zone'

/** A document as Markdown (GitHub's). What stands in it is text: nothing of it can become markup. */
export function* renderMarkdown(document: Document): Generator<string> {
  const clock = zoneClock(document.zone)
  yield `# ${escaped(document.title)}\n\n**${escaped(document.tlp)}** · ${escaped(document.runningHead)}\n\n`
  for (const block of document.blocks) yield* blockLines(block, { clock, indent: '' })
  yield `---\n\n${escaped(document.runningFoot)} · **${escaped(document.tlp)}**\n`
}

type Place = { clock: ZoneClock; /** Before each line, as in a list. */ indent: string }

function* blockLines(block: Block, place: Place): Generator<string> {
  const { clock, indent } = place
  switch (block.kind) {
    case 'heading':
      return yield `${indent}${'#'.repeat(block.level + 1)} ${inline(block.text, clock)}\n\n`
    case 'text':
      return yield `${indent}${toned(inline(block.text, clock, `  \n${indent}`).trimStart(), block.tone)}\n\n`
    case 'list':
      return yield* listLines(block, place)
    case 'quote':
      for (const part of block.of) yield* blockLines(part, { clock, indent: `${indent}> ` })
      return
    case 'code':
      return yield fenced(block.text, indent)
    case 'rule':
      return yield `${indent}---\n\n`
    case 'facts':
      for (const { label, value } of block.facts) yield `${indent}- **${escaped(label)}:** ${inline(value, clock)}\n`
      return yield '\n'
    case 'table':
      return yield* tableLines(block.table, place)
    case 'bars':
      return yield* barLines(block.bars, block.title, place)
    case 'group':
      for (const part of block.of) yield* blockLines(part, place)
  }
}

function toned(text: string, tone: 'note' | 'warning' | undefined): string {
  return tone === 'warning' ? `**Note:** ${text}` : text
}

function* listLines({ items, start }: Extract<Block, { kind: 'list' }>, { clock, indent }: Place): Generator<string> {
  for (const [at, item] of items.entries()) {
    const mark = start === null ? '- ' : `${start + at}. `
    const inner = indent + ' '.repeat(mark.length)
    const text = item.flatMap((part) => [...blockLines(part, { clock, indent: inner })]).join('')
    yield `${indent}${mark}${text.slice(inner.length).trimEnd()}\n`
  }
  yield `${indent.trimEnd()}\n`
}

function fenced(text: string, indent: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const lines = text.split(/\r\n|\r|\n/).map((line) => `${indent}${shownText(line.replaceAll('\t', '    '))}`)
  return [`${indent}${fence}`, ...lines, `${indent}${fence}`, '', ''].join('\n')
}

function* tableLines({ title, columns, total, rows, none }: Table, { clock, indent }: Place): Generator<string> {
  if (title !== '') yield `${indent}**${escaped(title)}**\n\n`
  if (total === 0) return yield `${indent}${escaped(none)}\n\n`
  const shown = columnsOn(columns, 'page')
  yield `${indent}| ${shown.map(({ column }) => escaped(column.label)).join(' | ')} |\n`
  yield `${indent}|${shown.map(({ column }) => (column.kind === 'number' ? ' ---: |' : ' --- |')).join('')}\n`
  for (const row of rows()) {
    const cells = shown.map(({ column: { kind, link }, at }) => {
      const cell = row[at] ?? null
      const text = cellText(cell, kind, clock)
      return linked(kind === 'code' && text !== '' ? codeCell(text) : escaped(text), link?.(cell) ?? null)
    })
    yield `${indent}| ${cells.join(' | ')} |\n`
  }
  yield '\n'
}

function* barLines(bars: Bars, title: string, place: Place): Generator<string> {
  yield* tableLines(barTable(bars, title), place)
}

/** The bars that are not empty, as rows. */
export function barTable({ from, step, success, failure, unknown }: Bars, title: string): Table {
  const counts = failure.flatMap((failed, at) => {
    const row = [from + at * step, success[at] ?? 0, failed, unknown[at] ?? 0] as const
    return row[1] + row[2] + row[3] > 0 ? [row] : []
  })
  return {
    name: 'bars',
    title,
    columns: [
      { name: 'from', label: 'From', kind: 'time' },
      { name: 'success', label: 'Success', kind: 'number' },
      { name: 'failure', label: 'Failure', kind: 'number' },
      { name: 'unknown', label: 'Unknown', kind: 'number' },
    ],
    total: counts.length,
    rows: () => counts,
    none: 'No events.',
  }
}

function inline(parts: readonly Inline[], clock: ZoneClock, lineBreak = ' '): string {
  return parts.map((part) => inlineText(part, clock, lineBreak)).join('')
}

function inlineText(part: Inline, clock: ZoneClock, lineBreak: string): string {
  switch (part.kind) {
    case 'text':
      return escaped(part.text)
    case 'code':
      return codeSpan(part.text)
    case 'time':
      return clock.exact(part.at)
    case 'state':
      return escaped(part.state)
    case 'strong':
      return `**${inline(part.of, clock, lineBreak)}**`
    case 'emphasis':
      return `*${inline(part.of, clock, lineBreak)}*`
    case 'struck':
      return `~~${inline(part.of, clock, lineBreak)}~~`
    case 'link':
      return linked(inline(part.of, clock, lineBreak), part.href)
    case 'break':
      return lineBreak
  }
}

/** Markdown has no places of its own, so a link inside the document is its words. */
function linked(text: string, href: string | null): string {
  return href === null || href.startsWith('#') ? text : `[${text}](<${href.replaceAll(/[<>|\\\s]/g, (character) => encodeURIComponent(character))}>)`
}

/** Plain text on one line, whatever stands in it: no markup, no HTML, nothing that links by itself. */
export function escaped(text: string): string {
  return shownText(text)
    .replaceAll(/[\\`*_[\]<>|~&]/g, String.raw`\$&`)
    .replace(/^(\s*)([#+\-=])/, String.raw`$1\$2`)
    .replace(/^(\s*\d{1,9})([.)])/, String.raw`$1\$2`)
    .replaceAll('://', String.raw`\://`)
    .replaceAll(/www\./gi, (start) => `${start.slice(0, 3)}\\.`)
}

function codeSpan(text: string): string {
  const shown = shownText(text)
  if (shown.trim() === '') return escaped(shown)
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') || (shown.startsWith(' ') && shown.endsWith(' ')) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** In a table a bar ends the cell even in code. */
function codeCell(text: string): string {
  return text.includes('|') ? escaped(text) : codeSpan(text)
}
