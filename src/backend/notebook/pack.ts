import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { BackendFault } from '../../contract'
import type { NotebookDocument } from './document'
import { type EvidenceFiles, keyOf, linesOf } from './evidence-files'
import { citedBy } from './cited-marks'
import { Documents } from './documents'
import { inOrder, type MarkingOperation, type NotebookOperation } from './operation'

// A copy of a notebook for another investigator: gzip over lines of JSON. The first says what it is, then one line for each
// operation of it and of the marks and comments of what it cites, then one for each file of evidence, its bytes in base64.

const HEAD = { program: 'recount', pack: 2 }
/** Longest copy that is taken in, uncompressed. */
const MOST_BYTES = 512 * 1024 * 1024

/** Whether the operation of another copy is one that this program could have written. */
export type Check = (operation: unknown) => operation is CopiedOperation

export type CopiedOperation = NotebookOperation | MarkingOperation

type Packed = { document: NotebookDocument; marks: readonly MarkingOperation[]; files: EvidenceFiles }

export function pack({ document, marks, files }: Packed): Uint8Array {
  const lines = [HEAD, ...document.operations(), ...marks].map((line) => JSON.stringify(line))
  for (const evidence of evidenceOf(document)) {
    const bytes = files.read(evidence)
    // What is missing or damaged here is so in the copy: its checks say so.
    if (bytes) lines.push(JSON.stringify({ evidence, base64: bytes.toString('base64') }))
  }
  return new Uint8Array(gzipSync(lines.join('\n')))
}

function evidenceOf(document: NotebookDocument): Set<string> {
  const named = new Set<string>()
  for (const { citations, frozen } of document.evidence()) {
    for (const { evidence } of citations) named.add(evidence)
    if (frozen !== null) named.add(frozen)
  }
  return named
}

/** `marks` are of events that the copy cites and of no others. */
export type Unpacked = { notebook: string; operations: NotebookOperation[]; marks: MarkingOperation[]; evidence: Uint8Array[] }

/** Throws `nothing-readable` for what is no such copy. */
export function unpack(bytes: Uint8Array, isOperation: Check): Unpacked {
  const [head, ...lines] = linesIn(bytes)
  if (JSON.stringify(head) !== JSON.stringify(HEAD)) throw unreadable('It is no copy of a notebook of this version.')
  const operations: NotebookOperation[] = []
  const marks: MarkingOperation[] = []
  const evidence = new Map<string, Buffer>()
  for (const line of lines) {
    if (!isOperation(line)) evidence.set(...evidenceIn(line))
    else if ('notebook' in line) operations.push(line)
    else marks.push(line)
  }
  const [notebook, ...others] = new Set(operations.map((operation) => operation.notebook))
  const isBegun = operations.some(({ kind }) => kind === 'notebook')
  if (notebook === undefined || others.length > 0 || !isBegun) throw unreadable('It does not hold one whole notebook.')
  const document = new Documents(operations.toSorted(inOrder)).get(notebook)
  const cited = new Set(document ? citedBy(document, (sha256) => keysIn(evidence.get(sha256))) : [])
  return { notebook, operations, marks: marksOf(marks, cited), evidence: [...evidence.values()] }
}

/** What hangs on events that are cited, comments with all that was done to them. */
function marksOf(marks: readonly MarkingOperation[], cited: ReadonlySet<string>): MarkingOperation[] {
  const comments = new Set(marks.flatMap((one) => (one.kind === 'comment' && one.subject.kind === 'event' && cited.has(one.subject.key) ? [one.comment] : [])))
  return marks.filter((one) => (one.kind === 'mark' ? one.events.every(([key]) => cited.has(key)) : comments.has(one.comment)))
}

function keysIn(bytes: Buffer | undefined): readonly string[] {
  try {
    return bytes ? linesOf(bytes).map(keyOf) : []
  } catch {
    throw unreadable('A line of its evidence is no record.')
  }
}

function linesIn(bytes: Uint8Array): unknown[] {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8')
    return text.split('\n').map((line): unknown => JSON.parse(line))
  } catch {
    throw unreadable('It cannot be unpacked.')
  }
}

function evidenceIn(line: unknown): [sha256: string, bytes: Buffer] {
  const isEvidence = typeof line === 'object' && line !== null && 'evidence' in line && 'base64' in line && typeof line.base64 === 'string'
  const bytes = isEvidence ? Buffer.from(String(line.base64), 'base64') : null
  const sha256 = bytes ? createHash('sha256').update(bytes).digest('hex') : ''
  if (!isEvidence || !bytes || sha256 !== line.evidence) throw unreadable('A line of it is not what was written.')
  return [sha256, bytes]
}

function unreadable(why: string): BackendFault {
  return new BackendFault({ code: 'nothing-readable', message: `This file cannot be merged: ${why} Nothing was changed.` })
}
