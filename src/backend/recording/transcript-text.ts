import type { Instant } from '../../domain'
import type { LineColumns } from './lines/line-columns'
import type { ScreenSpan } from './lines/screen-spans'
import { transcript } from './lines/transcript'

export type TextAsk = {
  lines: LineColumns
  alternateSpans: readonly ScreenSpan[]
  start: Instant | null
  /** Seconds; lines that appeared then, both inclusive. */
  from?: number | null
  to?: number | null
}

/** Beyond this a page cannot show it, and a text is hardly read. */
const MOST_CHARS = 64 * 2 ** 20

/** Everything written on the normal screen, a line each. */
export function transcriptText({ lines, alternateSpans, start, from, to }: TextAsk): string {
  const texts: string[] = []
  let chars = 0
  for (const { at, text } of transcript({ lines, alternateSpans, start })) {
    if (at < (from ?? 0) || at > (to ?? Infinity)) continue
    texts.push(text)
    chars += text.length + 1
    if (chars <= MOST_CHARS) continue
    texts.push('[the transcript is cut here: it is longer than 64 million characters]')
    break
  }
  return texts.length === 0 ? '' : `${texts.join('\n')}\n`
}
