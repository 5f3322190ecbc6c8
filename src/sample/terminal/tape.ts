/** What a terminal receives, and how many milliseconds after what came before. */
export type Frame = { wait: number; text: string }

/** Bytes that the recorder reads at once. A character that is cut by it is lost, as on the real server. */
const READ_BYTES = 4096
/** Milliseconds between two reads of one burst. */
const READ_GAP = 0.4

/** The size that every header claims, whatever the terminal's was. */
export const CLAIMED = { cols: 220, rows: 50 } as const

/** Writes an asciicast (docs.asciinema.org/manual/asciicast/v2) as WebXTerm's server does: output alone, no sizes. */
export class Tape {
  readonly #lines: string[]
  readonly #start: number
  /** UTC milliseconds of the last event. */
  now: number
  /** Characters written so far. */
  size: number

  constructor({ start, title }: { start: number; title: string }) {
    const timestamp = Math.floor(start / 1000)
    const head = goJson({ version: 2, width: CLAIMED.cols, height: CLAIMED.rows, timestamp, title })
    this.#lines = [head]
    this.#start = timestamp * 1000
    this.now = Math.max(start, this.#start)
    this.size = head.length
  }

  /** Plays frames from now on; faster where they would not end by `until`. */
  play(frames: readonly Frame[], until = Infinity): void {
    const needed = lengthOf(frames)
    const room = Math.max(0, until - this.now)
    const pace = needed > room ? room / needed : 1
    for (const { wait, text } of frames) {
      this.now += wait * pace
      this.#write(text)
    }
  }

  /** Plays frames so that the last one comes at `end`, faster where there is no time for all. */
  playUpTo(frames: readonly Frame[], end: number): void {
    this.now = Math.max(this.now, end - lengthOf(frames))
    this.play(frames, end)
    this.now = Math.max(this.now, end)
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`
  }

  #write(text: string): void {
    const bytes = Buffer.from(text)
    for (let from = 0; from < bytes.length; from += READ_BYTES) {
      const seconds = (this.now - this.#start + (from / READ_BYTES) * READ_GAP) / 1000
      const line = `[${Number(seconds.toFixed(6))},"o",${goJson(bytes.toString('utf8', from, from + READ_BYTES))}]`
      this.#lines.push(line)
      this.size += line.length + 1
    }
  }
}

export function lengthOf(frames: readonly Frame[]): number {
  return frames.reduce((sum, { wait }) => sum + wait, 0)
}

/** JSON as Go's encoder writes it: safe inside of HTML. */
function goJson(value: unknown): string {
  const escape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escape)
}
