import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { BackendFault } from '../../contract'
import type { NotebookDocument } from './document'
import type { EvidenceFiles } from './evidence-files'
import type { NotebookOperation } from './operation'

// A copy of a notebook for another investigator: gzip over lines of JSON. The first says what it is, then one line for each
// operation, then one for each file of evidence, its bytes in base64.

const HEAD = { program: 'recount', pack: 1 }
/** Longest copy that is taken in, uncompressed. */
const MOST_BYTES = 512 * 1024 * 1024

/** Whether the operation of another copy is one that this program could have written. */
export type Check = (operation: unknown) => operation is NotebookOperation

export function pack(document: NotebookDocument, files: EvidenceFiles): Uint8Array {
  const lines = [JSON.stringify(HEAD), ...document.operations().map((operation) => JSON.stringify(operation))]
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

export type Unpacked = { notebook: string; operations: NotebookOperation[]; evidence: Uint8Array[] }

/** Throws `nothing-readable` for what is no such copy. */
export function unpack(bytes: Uint8Array, isOperation: Check): Unpacked {
  const [head, ...lines] = linesIn(bytes)
  if (JSON.stringify(head) !== JSON.stringify(HEAD)) throw unreadable('It is no copy of a notebook of this version.')
  const operations: NotebookOperation[] = []
  const evidence: Uint8Array[] = []
  for (const line of lines) {
    if (isOperation(line)) operations.push(line)
    else evidence.push(evidenceIn(line))
  }
  const [notebook, ...others] = new Set(operations.map((operation) => operation.notebook))
  const isBegun = operations.some(({ kind }) => kind === 'notebook')
  if (notebook === undefined || others.length > 0 || !isBegun) throw unreadable('It does not hold one whole notebook.')
  return { notebook, operations, evidence }
}

function linesIn(bytes: Uint8Array): unknown[] {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8')
    return text.split('\n').map((line): unknown => JSON.parse(line))
  } catch {
    throw unreadable('It cannot be unpacked.')
  }
}

function evidenceIn(line: unknown): Uint8Array {
  const isEvidence = typeof line === 'object' && line !== null && 'evidence' in line && 'base64' in line && typeof line.base64 === 'string'
  const bytes = isEvidence ? Buffer.from(String(line.base64), 'base64') : null
  if (!isEvidence || !bytes || createHash('sha256').update(bytes).digest('hex') !== line.evidence) {
    throw unreadable('A line of it is not what was written.')
  }
  return bytes
}

function unreadable(why: string): BackendFault {
  return new BackendFault({ code: 'nothing-readable', message: `This file cannot be merged: ${why} Nothing was changed.` })
}
