import { LINE_FLAGS, type LineColumns } from './line-columns'
import { endOfLine, hasFlag, linesInOrder, lineText } from './logical-lines'

/** A line of the normal screen that may have been typed. Times in seconds since the start. */
export type CommandLine = {
  /** Its first entry. */
  entry: number
  text: string
  /** The last key was typed. */
  typed: number
  /** It was run: something appeared below it; null where nothing did while it was shown. */
  ran: number | null
  /** It grew while it was shown. */
  isTyped: boolean
}

/** How many lines are looked at to find what appeared below a line. */
const LINES_BELOW = 24
/** Of the ends by which commands are found; the longest that a command has. */
const KEY_LENGTHS = [16, 4, 3, 2, 1] as const

/** Every line of the normal screen, in order. To be read more than once: there may be millions, and none is kept. */
export function commandLines(lines: LineColumns): Iterable<CommandLine> {
  const order = linesInOrder(lines, (entry) => !hasFlag(lines, entry, LINE_FLAGS.alternate | LINE_FLAGS.returned))
  return { [Symbol.iterator]: () => eachLine(lines, order) }
}

function* eachLine(lines: LineColumns, order: Uint32Array): Generator<CommandLine, void> {
  for (let index = 0; index < order.length; index++) {
    const entry = order[index] ?? 0
    const end = endOfLine(lines, entry)
    const typed = lines.changed[end - 1] ?? 0
    yield {
      entry,
      text: lineText(lines, entry, end),
      typed: typed / 1000,
      ran: ranAt(lines, order, { index, end }),
      isTyped: typed > (lines.since[entry] ?? 0),
    }
  }
}

function ranAt(lines: LineColumns, order: Uint32Array, { index, end }: { index: number; end: number }): number | null {
  const line = lines.lines[end - 1] ?? 0
  const typed = lines.changed[end - 1] ?? 0
  const gone = lines.gone[end - 1] ?? 0
  const isScrolled = hasFlag(lines, end - 1, LINE_FLAGS.scrolled)
  // What appeared as the line was written over appeared below what took its place.
  const isKept = isScrolled || hasFlag(lines, end - 1, LINE_FLAGS.shown)
  for (let next = index + 1; next <= index + LINES_BELOW && next < order.length; next++) {
    const below = order[next] ?? 0
    const since = lines.since[below] ?? 0
    if (since > gone || (since === gone && !isKept)) break
    if (since >= typed && (lines.lines[below] ?? 0) > line) return since / 1000
  }
  return isScrolled ? gone / 1000 : null
}

/** One form for what a log and a terminal write differently: blanks, and the lines after the first. */
export function plainCommand(command: string): string {
  return squeezed((command.trim().split('\n', 1)[0] ?? '').replaceAll('\t', ' '))
}

function squeezed(text: string): string {
  return (text.includes('  ') ? text.replace(/\s+/g, ' ') : text).trimEnd()
}

/** Finds the commands that a line ends with. */
export class CommandIndex {
  readonly #byEnd = new Map<string, string[]>()

  constructor(commands: Iterable<string>) {
    for (const command of new Set(commands)) {
      if (command === '') continue
      const key = command.slice(-(KEY_LENGTHS.find((length) => length <= command.length) ?? 1))
      const same = this.#byEnd.get(key)
      if (same === undefined) this.#byEnd.set(key, [command])
      else same.push(command)
    }
  }

  endsOf(line: string): string[] {
    const text = squeezed(line)
    const found: string[] = []
    for (const length of KEY_LENGTHS) {
      if (length > text.length) continue
      for (const command of this.#byEnd.get(text.slice(-length)) ?? []) {
        if (text.endsWith(command) && isApart(text.charAt(text.length - command.length - 1))) found.push(command)
      }
    }
    return found
  }
}

/** Whether a command may stand after this character: `ls` is not the end of `tools`. */
function isApart(before: string): boolean {
  return before === '' || !/[\p{L}\p{N}_./=-]/u.test(before)
}
