import { createHash } from 'node:crypto'
import { SEAL_PROVES, type Cell, type Citation, type Notebook } from '../../../contract'
import { formatInstant } from '../../../domain'
import { canonicalJson } from '../../evidence'
import { STYLE } from '../document'
import { notebookHtmlBody, renderNotebook, type NotebookRendering } from '../notebook-document'
import type { BundleContent } from './content'
import type { EventIndex } from './event-index'
import type { EventLine, EvidencePlan } from './event-lines'
import { htmlNodes } from './html-nodes'
import type { SealKey } from './key'
import { PAGE_STYLE } from './page-style'
import type { Chain } from './seal'
// Their default is their text, which the linter does not know.
/* oxlint-disable import/default */
import buildScript from './page/build.js?raw'
import checkScript from './page/check.js?raw'
import folderScript from './page/folder.js?raw'
import mainScript from './page/main.js?raw'

/** Characters of records that the page carries; it reads the others from the folder that the person picks. */
const MOST_ROWS = 4 * 1024 * 1024
/** Records of a frozen cell that the page carries. */
const FIRST_ROWS = 20

/** The rows that report.html carries itself, by line from 0: those that are cited, and the first of what was frozen. */
export class KeptRows {
  readonly rows = new Map<number, string>()
  readonly #cited: Set<string>
  #room = MOST_ROWS
  readonly #whole: Set<string>

  constructor({ citations, whole }: EvidencePlan) {
    this.#whole = new Set(whole)
    this.#cited = new Set(citations.map(({ citation }) => citation.leaf))
  }

  see({ line, leaf, of, at }: EventLine, place: number): void {
    const isFirst = at < FIRST_ROWS && this.#whole.has(of)
    if (line.length > this.#room || (!isFirst && !this.#cited.has(leaf.toString('hex')))) return
    this.rows.set(place, line)
    this.#room -= line.length
  }
}

type Parts = { plan: EvidencePlan; index: EventIndex; rows: KeptRows; custody: Chain; key: SealKey }

/** What the page shows, as the text that is signed; `<` is escaped, so that it stands in a page as it is. */
export function reportContent(bundle: BundleContent, { plan, index, rows, custody, key }: Parts): string {
  const { head, notebook, lacking } = bundle
  const tree = index.tree()
  const cited = new Map<number, { key: string; leaf: string; line: number }>()
  // Numbered as the document numbers them, which asks for the place of each.
  const recordLink = ({ key: event, leaf }: Citation, n: number) => {
    cited.set(n, { key: event, leaf, line: (index.lineOf(leaf) ?? -1) + 1 })
    return `#record-${n}`
  }
  const nodes = htmlNodes(notebookHtmlBody(readable(notebook), { ...renderingOf(bundle), recordLink }))
  const content = {
    format: 'recount-report-1',
    title: notebook.title,
    tlp: notebook.tlp,
    sealedAt: formatInstant(head.sealedAt),
    sealedBy: head.sealedBy,
    version: head.version,
    key: key.fingerprint,
    proves: SEAL_PROVES,
    lacking,
    nodes,
    cited: [...cited].map(([n, one]) => ({ n, ...one })),
    citations: plan.citations.length,
    rows: [...rows.rows].map(([line, text]) => ({ line: line + 1, text, proof: tree.proof(line) })),
    events: { size: index.size, root: tree.root().toString('hex') },
    custody,
  }
  return canonicalJson(content).replaceAll('<', String.raw`\u003c`)
}

export function reportMarkdown(bundle: BundleContent): Iterable<string> {
  return renderNotebook(readable(bundle.notebook), 'md', { ...renderingOf(bundle), recordLink: () => 'events.jsonl' })
}

/** The notebook as a page to print. */
export function reportPrint(bundle: BundleContent): Iterable<string> {
  return renderNotebook(readable(bundle.notebook), 'html', renderingOf(bundle))
}

/** Citations of one cell that a document lists: nobody reads more, and a page cannot hold them. */
const MOST_LISTED = 1000

/** The notebook with long lists of citations cut, which is said where it is done. */
function readable(notebook: Notebook): Notebook {
  const cells = notebook.cells.flatMap((cell): Cell[] => {
    const { content } = cell
    if (!('citations' in content) || content.citations.length <= MOST_LISTED) return [cell]
    const text = `*Of ${content.citations.length} cited records the first ${MOST_LISTED} are listed. All of them are in data/exports/citations.csv and data/events.jsonl, each with its proof in data/proofs.json.*`
    return [{ ...cell, content: { ...content, citations: content.citations.slice(0, MOST_LISTED) } }, { ...cell, id: `${cell.id}-more`, content: { kind: 'text', text } }]
  })
  return { ...notebook, cells }
}

function renderingOf({ head, side }: BundleContent): NotebookRendering {
  const { version, sealedAt, sealedBy, sources, zone } = head
  return { zone, head: { version, generatedAt: sealedAt, generatedBy: sealedBy, sources, side } }
}

/** One file that needs no network, runs its own scripts alone, and makes no markup of any text. */
export function reportPage(content: string, { signature, key }: { signature: Uint8Array; key: SealKey }): string {
  const script = `'use strict';(() => {\n${[buildScript, checkScript, folderScript, mainScript].map(partOf).join('\n')}\n})()`
  const style = STYLE + PAGE_STYLE
  const policy = `default-src 'none'; script-src 'sha256-${sha256(script)}'; style-src 'sha256-${sha256(style)}'; base-uri 'none'; form-action 'none'`
  const seal = JSON.stringify({ signature: Buffer.from(signature).toString('base64'), key: key.publicPem.replaceAll(/-----[^-]+-----|\s/g, '') })
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n',
    `<title>Sealed report</title>\n<style>${style}</style>\n</head>\n<body>\n`,
    '<noscript>This report is built and verified by the script in it, which is turned off here. data/notebook.md has the same text; sha256sum -c manifest-sha256.txt checks the files.</noscript>\n',
    `<script type="application/json" id="seal">${seal}</script>\n<script type="application/json" id="content">${content}</script>\n`,
    `<script>${script}</script>\n</body>\n</html>\n`,
  ].join('')
}

/** A module of the page as a part of its one script: all of them stand in one scope. */
function partOf(text: string): string {
  return text.replaceAll(/^import .*\n/gm, '').replaceAll(/^export /gm, '')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
