import { createHash } from 'node:crypto'
import { formatInstant } from '../../../domain'
import { barsSvg } from './bars'
import { cellText, columnsOn } from './cells'
import { html, htmlLines } from './escape'
import type { Block, Cell, Column, Document, Fact, Inline, Table } from './model'
import { printStyle, STYLE } from './style'
import { zoneClock, type ZoneClock } from './zone'

/** A document as one HTML file without scripts, which loads nothing and prints with heads, feet and page numbers. */
export function* renderHtml(document: Document): Generator<string> {
  const style = STYLE + printStyle(document)
  const hash = createHash('sha256').update(style).digest('base64')
  yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">\n`
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
  yield `<title>${html(document.title)} · ${html(document.tlp)}</title>\n<style>${style}</style>\n</head>\n<body>\n`
  yield* renderHtmlBody(document)
  yield '</body>\n</html>\n'
}

/** What stands in the body, for pages that have a head of their own; its look is `STYLE`. */
export function* renderHtmlBody(document: Document): Generator<string> {
  const clock = zoneClock(document.zone)
  yield `<main>\n<header class="cover"><span class="tlp">${html(document.tlp)}</span><h1>${html(document.title)}</h1><p>${html(document.runningHead)}</p></header>\n`
  for (const block of document.blocks) yield* blockHtml(block, clock)
  yield `<footer class="end"><p>${html(document.runningFoot)}</p><span class="tlp">${html(document.tlp)}</span></footer>\n</main>\n`
}

function* blockHtml(block: Block, clock: ZoneClock): Generator<string> {
  switch (block.kind) {
    case 'heading':
      return yield `<h${block.level + 1}${anchor(block.anchor)}>${inlineHtml(block.text, clock)}</h${block.level + 1}>\n`
    case 'text':
      return yield `<p${block.tone ? ` class="${block.tone}"` : ''}>${inlineHtml(block.text, clock)}</p>\n`
    case 'list':
      return yield* listHtml(block, clock)
    case 'quote':
      yield '<blockquote>\n'
      yield* wholeHtml(block.of, clock)
      return yield '</blockquote>\n'
    case 'code':
      return yield `<pre><code>${htmlLines(block.text)}</code></pre>\n`
    case 'rule':
      return yield '<hr>\n'
    case 'facts':
      return yield `<dl>\n${block.facts.map((one) => factHtml(one, clock)).join('')}</dl>\n`
    case 'table':
      return yield* tableHtml(block.table, clock)
    case 'bars':
      return yield barsSvg(block.bars, block.title, clock)
    case 'group':
      yield `<section class="${block.tone ?? 'cell'}"${anchor(block.anchor)}>\n`
      yield* wholeHtml(block.of, clock)
      return yield '</section>\n'
  }
}

/** Characters from which a fact takes the whole width, and may break over pages. */
const LONG = 200

function factHtml({ label, value }: Fact, clock: ZoneClock): string {
  const inside = inlineHtml(value, clock)
  return `<div${inside.length > LONG ? ' class="long"' : ''}><dt>${html(label)}</dt><dd>${inside}</dd></div>\n`
}

function* listHtml({ start, items, look }: Extract<Block, { kind: 'list' }>, clock: ZoneClock): Generator<string> {
  yield start === null ? `<ul${look ? ` class="${look}"` : ''}>\n` : `<ol start="${start}">\n`
  for (const item of items) yield `<li>${[...wholeHtml(item, clock)].join('').trim()}</li>\n`
  yield start === null ? '</ul>\n' : '</ol>\n'
}

function* wholeHtml(blocks: readonly Block[], clock: ZoneClock): Generator<string> {
  for (const block of blocks) yield* blockHtml(block, clock)
}

function anchor(name: string | undefined): string {
  return name === undefined ? '' : ` id="${html(name)}"`
}

function* tableHtml({ title, columns, total, rows, none }: Table, clock: ZoneClock): Generator<string> {
  if (total === 0) {
    if (title !== '') yield `<p class="caption">${html(title)}</p>\n`
    return yield `<p class="none">${html(none)}</p>\n`
  }
  const shown = columnsOn(columns, 'page')
  const all = shown.map(({ column }) => column)
  yield `<table>\n${title === '' ? '' : `<caption>${html(title)}</caption>\n`}<colgroup>${all.map(columnHtml(all)).join('')}</colgroup>\n`
  yield `<thead><tr>${all.map(({ label, kind }) => `<th scope="col"${isNumber(kind) ? ' class="number"' : ''}>${html(label)}</th>`).join('')}</tr></thead>\n<tbody>\n`
  for (const row of rows()) yield `<tr>${shown.map(({ column, at }) => cellHtml(row[at] ?? null, column, clock)).join('')}</tr>\n`
  yield '</tbody>\n</table>\n'
}

function columnHtml(columns: readonly Column[]): (column: Column) => string {
  const sum = columns.reduce((all, { width = 1 }) => all + width, 0)
  // A class and no style: the page allows no style but its own.
  return ({ width = 1 }) => `<col class="w${Math.max(1, Math.round((width / sum) * 100))}">`
}

function cellHtml(cell: Cell, { kind, link, anchor: nameOf }: Column, clock: ZoneClock): string {
  const inside = linked(insideHtml(cell, kind, clock), link?.(cell) ?? null)
  const look = kind === 'instant' ? 'time' : isNumber(kind) ? 'number' : kind
  return `<td${LOOKS.has(look) ? ` class="${look}"` : ''}${anchor(nameOf?.(cell))}>${inside}</td>`
}

const LOOKS = new Set(['time', 'code', 'number', 'blank'])

function insideHtml(cell: Cell, kind: Column['kind'], clock: ZoneClock): string {
  const text = cellText(cell, kind, clock)
  if ((kind === 'time' || kind === 'instant') && typeof cell === 'number') return timeHtml(cell, text)
  return kind === 'state' && typeof cell === 'string' ? stateHtml(cell) : html(text)
}

function linked(inside: string, href: string | null): string {
  return href === null ? inside : `<a href="${html(href)}" rel="noopener noreferrer">${inside}</a>`
}

function isNumber(kind: Column['kind']): boolean {
  return kind === 'number' || kind === 'duration' || kind === 'share'
}

function inlineHtml(parts: readonly Inline[], clock: ZoneClock): string {
  return parts.map((part) => partHtml(part, clock)).join('')
}

function partHtml(part: Inline, clock: ZoneClock): string {
  switch (part.kind) {
    case 'text':
      return html(part.text)
    case 'code':
      return `<code>${html(part.text)}</code>`
    case 'time':
      return timeHtml(part.at, clock.exact(part.at))
    case 'state':
      return stateHtml(part.state)
    case 'strong':
      return `<strong>${inlineHtml(part.of, clock)}</strong>`
    case 'emphasis':
      return `<em>${inlineHtml(part.of, clock)}</em>`
    case 'struck':
      return `<del>${inlineHtml(part.of, clock)}</del>`
    case 'link':
      return linked(inlineHtml(part.of, clock), part.href)
    case 'break':
      return '<br>'
  }
}

function timeHtml(at: number, text: string): string {
  const isTold = Number.isInteger(at) && Math.abs(at) <= 8_640_000_000_000_000
  return isTold ? `<time datetime="${formatInstant(at)}">${html(text)}</time>` : html(text)
}

/** Words that carry a colour beside what they say. */
const GOOD = new Set(['complete', 'approved', 'used', 'success', 'ok'])
const BAD = new Set(['rejected', 'failure', 'denied', 'critical', 'high', 'bad'])

function stateHtml(state: string): string {
  const tone = GOOD.has(state) ? 'good' : BAD.has(state) ? 'bad' : 'open'
  return `<span class="state ${tone}">${html(state)}</span>`
}
