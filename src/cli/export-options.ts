import { EXPORT_FORMATS, EXPORT_MASKS, MASK_PRESETS, type ExportFormat, type ExportMask } from '../contract'
import type { Milliseconds } from '../domain'
import { stepOf } from './query-every'
import { UsageError } from './usage-error'
import { choiceOf, textOf, type Values } from './words'

/** Milliseconds that a run goes back behind the one before: what was on its way at that moment comes then. */
const OVERLAP: Milliseconds = 3_600_000

export const FORMATS = ['jsonl', 'csv', 'table', ...EXPORT_FORMATS.filter((format) => format !== 'jsonl' && format !== 'csv')] as const

/** How events are written, and where to. */
export type ExportOptions = {
  format: ExportFormat | 'table'
  raw: boolean
  masks: readonly ExportMask[]
  /** A file, or a folder for runs that go on where the last one ended. */
  out: string | null
  manifest: string | null
  /** Null where everything is written. */
  sinceLast: { overlap: Milliseconds } | null
}

/** Throws `UsageError` for what does not go together. */
export function exportOptionsOf(values: Values): ExportOptions {
  const format = choiceOf(values, 'format', FORMATS) ?? 'jsonl'
  const masks = masksOf(textOf(values, 'redact'))
  const out = textOf(values, 'out') ?? null
  const manifest = textOf(values, 'manifest') ?? null
  const raw = values['raw-csv'] === true
  const isRun = values['since-last'] === true
  const overlap = textOf(values, 'overlap')
  const wrong: readonly (readonly [isWrong: boolean, why: string])[] = [
    [raw && format !== 'csv', '--raw-csv is for --format csv.'],
    [format === 'table' && [masks.length > 0, out, manifest].some(Boolean), '--format table is for reading: --redact, --out and --manifest need another format.'],
    [out === 's3:', '--out s3:NAME takes the name of a destination, which recount connect s3 makes.'],
    [isRun && out === null, '--since-last needs --out DIR, where the runs are kept.'],
    [isRun && values['limit'] !== undefined, '--since-last and --limit do not go together: a run that is cut cannot be gone on from.'],
    [manifest !== null && out !== null, '--manifest goes without --out, which writes one beside the file.'],
    [overlap !== undefined && !isRun, '--overlap is for --since-last.'],
  ]
  const [found] = wrong.filter(([isWrong]) => isWrong)
  if (found) throw new UsageError(found[1])
  return { format, raw, masks, out, manifest, sinceLast: isRun ? { overlap: overlap === undefined ? OVERLAP : stepOf(overlap, 'overlap') } : null }
}

/** `user,ip` or the name of a preset, several apart by commas. */
function masksOf(text: string | undefined): ExportMask[] {
  const masks = new Set<ExportMask>()
  for (const word of text?.split(',') ?? []) {
    const mask = EXPORT_MASKS.find((known) => known === word)
    const preset = Object.hasOwn(MASK_PRESETS, word) ? MASK_PRESETS[word] : undefined
    if (mask === undefined && preset === undefined) {
      throw new UsageError(`--redact takes no «${word}». It takes ${EXPORT_MASKS.join(', ')}, and ${Object.keys(MASK_PRESETS).join(', ')} for several.`)
    }
    for (const one of preset ?? [mask]) if (one !== undefined) masks.add(one)
  }
  return [...masks]
}
