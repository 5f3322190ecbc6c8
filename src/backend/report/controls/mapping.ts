import { parse } from 'yaml'
import { REPORT_KINDS, type ReportKind } from '../../../contract'
import { lowerText } from '../../query'

/** Which records bear on which control of a framework. */
export type Mapping = { framework: string; title: string; version: string; scope: string; notice: string; controls: MappedControl[] }
export type MappedControl = { id: string; title: string; asks: string; report: ReportKind | null; evidence: MappedEvidence[] }
/** `governance`: what it asks for is given to administrators alone. */
export type MappedEvidence = { label: string; query: string; governance: boolean }

/** Why a mapping cannot be used, in words. */
export class UnfitMapping extends Error {}

const MOST_CONTROLS = 500
const MOST_EVIDENCE = 50

/** Reads a mapping. Throws `UnfitMapping` which says what is wrong, and of a query also where. */
export function readMapping(text: string): Mapping {
  const read = parsed(text)
  if (!isRecord(read)) throw new UnfitMapping('It is not a list of names and values.')
  const controls = listOf(read, 'controls', MOST_CONTROLS)
  return {
    framework: textOf(read, 'framework'),
    title: textOf(read, 'title'),
    version: textOf(read, 'version'),
    scope: textOf(read, 'scope'),
    notice: textOf(read, 'notice'),
    controls: controls.map(readControl),
  }
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 }) as unknown
  } catch (error) {
    throw new UnfitMapping(`It is no YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
  }
}

function readControl(read: unknown): MappedControl {
  if (!isRecord(read)) throw new UnfitMapping('A control is not a list of names and values.')
  const id = textOf(read, 'id')
  const named = read['report'] ?? null
  const report = named === null ? null : REPORT_KINDS.find((kind) => kind === named)
  if (report === undefined) throw new UnfitMapping(`Control ${id}: «report» is not one of ${REPORT_KINDS.join(', ')}.`)
  return { id, title: textOf(read, 'title'), asks: textOf(read, 'asks'), report, evidence: listOf(read, 'evidence', MOST_EVIDENCE).map((one) => readEvidence(one, id)) }
}

function readEvidence(read: unknown, control: string): MappedEvidence {
  if (!isRecord(read)) throw new UnfitMapping(`Control ${control}: a piece of evidence is not a list of names and values.`)
  const { query } = read
  if (typeof query !== 'string') throw new UnfitMapping(`Control ${control}: a piece of evidence has no «query».`)
  try {
    lowerText(query)
  } catch (error) {
    throw new UnfitMapping(`Control ${control}: «${query}» is no query: ${error instanceof Error ? error.message : String(error)}`)
  }
  return { label: textOf(read, 'label'), query, governance: read['governance'] === true }
}

function isRecord(read: unknown): read is Record<string, unknown> {
  return typeof read === 'object' && read !== null && !Array.isArray(read)
}

function textOf(read: Record<string, unknown>, name: string): string {
  const value = read[name]
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value.trim() === '') throw new UnfitMapping(`«${name}» is missing.`)
  return value
}

function listOf(read: Record<string, unknown>, name: string, most: number): unknown[] {
  const value = read[name]
  if (!Array.isArray(value)) throw new UnfitMapping(`«${name}» is no list.`)
  if (value.length > most) throw new UnfitMapping(`«${name}» is longer than ${most}.`)
  return value
}
