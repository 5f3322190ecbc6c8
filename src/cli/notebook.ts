import type { Command, ExitCode, Line } from './command'
import { create } from './notebook-create'
import { exportNotebook } from './notebook-export'
import { withNotebooks } from './notebook-room'
import { print, writeAll } from './io'
import { renderNotebook } from '../backend/report'
import { NOTEBOOK_FORMATS } from '../contract'
import { formatInstant } from '../domain'
import { UsageError } from './usage-error'
import { headOf } from './notebook-head'

const ACTS = ['create', 'list', 'show', 'export'] as const
type Act = (typeof ACTS)[number]

/** Options that an act takes. */
const OPTIONS: Record<Act, readonly string[]> = {
  create: ['title', 'query', 'from', 'to'],
  list: [],
  show: [],
  export: ['format', 'out', 'zone'],
}

export const notebookCommand: Command = {
  usage: 'create|list|show|export [ID] [--title T] [--query TEXT [--from T] [--to T]] [--format F] [--out PATH]',
  help: [
    'Notebooks of the workspace. What people wrote is read also where the rest of the workspace is damaged.',
    '  create --title T               {id} of a new notebook',
    '    --query TEXT                 with a cell that holds the events which match now, frozen with their hashes;',
    "                                 '' means everything",
    '    --from T, --to T             from this time on, up to but not including that time: 2026-02-06T02:58:41Z',
    '  list                           {id, title, tlp, status, range, cells, findings, createdAt, createdBy, changedAt} of each',
    '  show ID                        one object for the notebook, then one for each cell',
    '  export ID                      a document with everything in it, to standard output',
    `    --format                     ${NOTEBOOK_FORMATS.join(', ')}; md unless told otherwise. PDF needs a Chromium`,
    '    --out PATH                   into this file, which must not be there yet',
    '    --zone Z                     zone of the times in it, such as Europe/Berlin; UTC unless told otherwise',
  ],
  options: Object.fromEntries([...new Set(Object.values(OPTIONS).flat())].map((name) => [name, { type: 'string' }])),
  words: { least: 1, most: 2 },
  async run(line) {
    const [named = '', id] = line.words
    const act = ACTS.find((known) => known === named)
    if (act === undefined) throw new UsageError(`«${named}» is not one of ${ACTS.join(', ')}.`)
    checkOptions(line, act)
    if (act === 'create') return create(line)
    if (act === 'list') return list(line)
    return act === 'show' ? show(line, id ?? '') : exportNotebook(line, id ?? '')
  },
}

function checkOptions({ values, words: [, id] }: Line, act: Act): void {
  const others = Object.keys(values).filter((name) => Object.values(OPTIONS).flat().includes(name) && !OPTIONS[act].includes(name))
  const [other] = others.filter((name) => values[name] !== undefined)
  if (other !== undefined) throw new UsageError(`--${other} means nothing for notebook ${act}.`)
  const takesId = act === 'show' || act === 'export'
  if (takesId && !id) throw new UsageError(`notebook ${act} needs the ID of a notebook; notebook list has them.`)
  if (!takesId && id !== undefined) throw new UsageError(`«${id}» is one word too many for notebook ${act}.`)
}

async function list(line: Line): Promise<ExitCode> {
  await withNotebooks(line, async (room) => {
    for (const { id, title, tlp, status, range, cells, findings, createdAt, createdBy, changedAt } of room.list(false)) {
      const window = range && { from: formatInstant(range.from), to: formatInstant(range.to) }
      await print(line.io, { id, title, tlp, status, range: window, cells, findings, createdAt: formatInstant(createdAt), createdBy, changedAt: formatInstant(changedAt) })
    }
  })
  return 0
}

async function show(line: Line, id: string): Promise<ExitCode> {
  await withNotebooks(line, async (room) => {
    await writeAll(line.io, renderNotebook(room.get(id), 'jsonl', { zone: 'UTC', head: headOf(line.io, [], null) }))
  })
  return 0
}
