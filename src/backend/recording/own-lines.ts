import type { LineColumns } from './lines/line-columns'

/** Columns in memory of their own: what crosses to another thread takes all of the memory that it is a view of. */
export function ownLines(lines: LineColumns): LineColumns {
  return {
    ...lines,
    starts: lines.starts.slice(),
    since: lines.since.slice(),
    changed: lines.changed.slice(),
    gone: lines.gone.slice(),
    offsets: lines.offsets.slice(),
    lines: lines.lines.slice(),
    flags: lines.flags.slice(),
  }
}

/** Bytes that they take, about: two of a character in each of two forms at most, and what an entry takes. */
export function sizeOfLines({ chars, count }: LineColumns): number {
  return chars * 2 + count * 25
}
