import { Fragment, type ReactNode, useMemo } from 'react'
import { type Address, PlaceLink, viewPlace } from '../address'
import { type MarkdownBlock, markdownBlocks, type MarkdownSpan } from './markdown-nodes'
import type { RecountLink } from './recount-link'
import './markdown.css'

type MarkdownProps = {
  text: string
  /** Level of the heading `#`, 3 unless told. */
  top?: number
}

/** Markdown that a person wrote: no HTML, and no link that leads out of the program. */
export function Markdown({ text, top = 3 }: MarkdownProps) {
  const blocks = useMemo(() => markdownBlocks(text), [text])
  return <div className="markdown">{blocksOf(blocks, top)}</div>
}

/** The place that a link leads to. */
export function placeOfLink(link: RecountLink): Partial<Address> {
  if (link.to === 'event') return viewPlace({ query: '', range: null, order: 'desc' }, link.key)
  if (link.to === 'session') return { screen: 'session', session: link.id }
  if (link.to === 'notebook') return { screen: 'notebook', notebook: link.id }
  return { screen: 'replay', recording: link.id, moment: link.at ?? undefined }
}

function blocksOf(blocks: readonly MarkdownBlock[], top: number): ReactNode {
  return blocks.map((block, at) => <Block key={at} block={block} top={top} />)
}

function Block({ block, top }: { block: MarkdownBlock; top: number }): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p dir="auto">{spansOf(block.spans)}</p>
    case 'heading':
      return (
        <div className="markdown-heading" role="heading" aria-level={Math.min(6, top + block.depth - 1)} data-depth={block.depth} dir="auto">
          {spansOf(block.spans)}
        </div>
      )
    case 'code':
      return (
        <pre tabIndex={0} aria-label="Code">
          {block.lines.join('\n')}
        </pre>
      )
    case 'quote':
      return <blockquote>{blocksOf(block.blocks, top)}</blockquote>
    case 'list':
      return <List block={block} top={top} />
    case 'table':
      return <Table block={block} />
    case 'rule':
      return <hr />
  }
}

function List({ block: { start, items }, top }: { block: Extract<MarkdownBlock, { kind: 'list' }>; top: number }) {
  const lines = items.map(({ done, blocks }, at) => (
    <li key={at} data-task={done !== null || undefined}>
      {done !== null && <span role="img" className="markdown-task" aria-label={done ? 'done' : 'to do'} data-done={done || undefined} />}
      {blocksOf(blocks, top)}
    </li>
  ))
  return start === null ? <ul>{lines}</ul> : <ol start={start}>{lines}</ol>
}

function Table({ block: { head, rows } }: { block: Extract<MarkdownBlock, { kind: 'table' }> }) {
  return (
    <div className="markdown-table" tabIndex={0} role="group" aria-label="Table">
      <table>
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col">
                {spansOf(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>{spansOf(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function spansOf(spans: readonly MarkdownSpan[]): ReactNode {
  return spans.map((span, at) => <Fragment key={at}>{spanOf(span)}</Fragment>)
}

function spanOf(span: MarkdownSpan): ReactNode {
  switch (span.kind) {
    case 'text':
      return span.text
    case 'code':
      return <code>{span.text}</code>
    case 'break':
      return <br />
    case 'strong':
      return <strong>{spansOf(span.spans)}</strong>
    case 'em':
      return <em>{spansOf(span.spans)}</em>
    case 'del':
      return <del>{spansOf(span.spans)}</del>
    case 'link':
      return <PlaceLink place={placeOfLink(span.link)}>{spansOf(span.spans)}</PlaceLink>
  }
}
