import { randomUUID } from 'node:crypto'
import { RecordedEvents, RecordingDesk, type About } from '../backend/recording'
import { CAVEAT, hitsIn } from '../backend/recording'
import { Measured } from '../backend/sync'
import { EVENT_KINDS, formatInstant } from '../domain'
import type { Command, ExitCode, Line } from './command'
import { jsonLine, print, say, write, writeAll, writeBytes, type Io } from './io'
import { askedRecording, type AskedRecording } from './recording-asked'
import { UsageError } from './usage-error'
import { textOf } from './words'

const ACTS = ['info', 'text', 'bytes', 'frame', 'search'] as const
type Act = (typeof ACTS)[number]

export const recording: Command = {
  usage: 'info|text|bytes|frame|search FILE_OR_ID [TEXT] [--at SECONDS]',
  help: [
    'Reads one recording of a terminal: a file, a folder that sudo wrote, the data and timing files of script(1) with a',
    'comma between them, or the id of one in the workspace. Of a file with several recordings, FILE#PART is one.',
    '  info FILE_OR_ID                {format, cols, rows, start, duration, events, outputBytes, sha256,',
    '                                 damaged:[{at, reason}]}',
    '  text FILE_OR_ID                the transcript; invisible characters are written out',
    '  bytes FILE_OR_ID               the output as the terminal received it: meant for a file, not for a terminal',
    '  frame FILE_OR_ID --at SECONDS  the screen at that moment, as text',
    '  search FILE_OR_ID TEXT         {at, line} for each place where the text is shown; case makes no difference',
    CAVEAT,
  ],
  options: { at: { type: 'string' } },
  words: { least: 2, most: 3 },
  async run(line) {
    const [named = '', asked = '', text] = line.words
    const act = ACTS.find((known) => known === named)
    if (act === undefined) throw new UsageError(`«${named}» is not one of ${ACTS.join(', ')}.`)
    const at = secondsOf(line, act)
    checkText(act, text)
    const found = await askedRecording(line, asked)
    await DOING[act](line, found, { at, text: text ?? '' })
    return 0 satisfies ExitCode
  },
}

function checkText(act: Act, text: string | undefined): void {
  if (act === 'search' && !text) throw new UsageError('recording search needs a text to look for.')
  if (act !== 'search' && text !== undefined) {
    throw new UsageError(`«${text}» is one word too many for recording ${act}.`)
  }
}

type Asked = { at: number; text: string }
type Doing = (line: Line, found: AskedRecording, asked: Asked) => Promise<void>

const DOING: Record<Act, Doing> = { info, text, bytes, frame, search }

function secondsOf({ values }: Line, act: Act): number {
  const typed = textOf(values, 'at')
  if (act !== 'frame') {
    if (typed !== undefined) throw new UsageError('--at is for recording frame.')
    return 0
  }
  if (typed === undefined) throw new UsageError('recording frame needs --at SECONDS.')
  const seconds = Number(typed)
  if (/^\d+(?:\.\d+)?$/.test(typed) && seconds <= 1e9) return seconds
  throw new UsageError(`--at needs seconds since the start, such as 12.5, not «${typed}».`)
}

async function info({ io }: Line, { read, part }: AskedRecording): Promise<void> {
  const opened = read.open(part)
  const measured = new Measured()
  for (const _ of measured.read(opened)) continue
  const { format, cols, rows, start } = opened.head
  const damaged = [...read.damage, ...measured.damage.first]
  const total = read.damage.length + measured.damage.total
  if (total > damaged.length) say(io, `${total} places are damaged; the first ${damaged.length} are listed.`)
  await print(io, {
    format,
    cols,
    rows,
    start: start === null ? null : formatInstant(start),
    // Sums of delays have more digits than any of them: to the nanosecond, as sudo writes them.
    duration: Math.round(measured.duration * 1e9) / 1e9,
    events: measured.count,
    outputBytes: measured.outputBytes,
    sha256: read.sha256,
    damaged,
  })
}

async function bytes({ io }: Line, { read, part }: AskedRecording): Promise<void> {
  if (io.stdout.isTTY) {
    throw new UsageError('This terminal would obey what the recording holds. Send the bytes to a file or a program: > FILE.')
  }
  const events = new RecordedEvents()
  for (const _ of read.open(part).read(events)) continue
  const { count, kinds, offsets, bytes: payloads } = events.columns
  const output = EVENT_KINDS.indexOf('output')
  const pieces: Uint8Array[] = []
  for (let at = 0; at < count; at++) {
    if (kinds[at] === output) pieces.push(payloads.subarray(offsets[at], offsets[at + 1]))
  }
  tellDamage(io, read.damage.length + events.damages.total)
  await writeBytes(io, Buffer.concat(pieces))
}

function tellDamage(io: Io, total: number): void {
  if (total > 0) say(io, `Damaged places that were left out: ${total}; recording info lists them.`)
}

async function text({ io }: Line, found: AskedRecording): Promise<void> {
  await withDesk(io, found, async (desk, id) => {
    const answer = await desk.ask(id, 'transcript', { about: aboutOf(found) })
    await write(io, answer.text)
    say(io, CAVEAT)
  })
}

async function frame({ io }: Line, found: AskedRecording, { at }: Asked): Promise<void> {
  await withDesk(io, found, async (desk, id) => {
    const { rows } = await desk.ask(id, 'screen', { about: aboutOf(found), at })
    await write(io, `${rows.join('\n')}\n`)
  })
}

/** More hits of one text are of no use to anybody. */
const MOST_HITS = 200_000

async function search({ io }: Line, found: AskedRecording, asked: Asked): Promise<void> {
  await withDesk(io, found, async (desk, id) => {
    const { lines, duration } = await desk.ask(id, 'lines', {})
    const { total, hits } = hitsIn(lines, { text: asked.text }, { duration, most: MOST_HITS })
    await writeAll(io, hits.map(({ at, line }) => jsonLine({ at, line })))
    if (total > hits.length) say(io, `There are ${total} places; the first ${hits.length} are listed.`)
  })
}

/** Indexes the recording to its end, or to where that was stopped, which is told. */
async function withDesk(io: Io, found: AskedRecording, act: (desk: RecordingDesk, id: string) => Promise<void>) {
  const id = randomUUID()
  const desk = new RecordingDesk({
    filesOf: () => ({ files: found.read.received, part: found.part }),
    onIndexed: (_id, { stopped }) => {
      if (stopped !== null) say(io, stopped)
    },
    onError: (error) => say(io, error instanceof Error ? error.message : String(error)),
  })
  try {
    await act(desk, id)
  } finally {
    await desk.closeAll()
  }
}

function aboutOf({ read, part, name }: AskedRecording): About {
  const { start, startPrecision, title = null } = read.open(part).head
  return { name, sha256: read.sha256, start, startPrecision, title }
}
