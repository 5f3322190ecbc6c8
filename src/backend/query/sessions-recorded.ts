import type { RecordingRow, SessionRow } from '../../contract'
import { NO_EVENTS, sessionId, type SessionDraft } from './sessions-draft'

/** Clocks of a recorder and of a log may differ by so much. */
const SLACK_MS = 3_600_000

/** Sessions with the recordings that name them; a recording that no event speaks of is a session of its own. */
export function sessionRows(drafts: readonly SessionDraft[], recordings: readonly RecordingRow[]): SessionRow[] {
  const rows = new Map<SessionDraft, SessionRow>(drafts.map((draft) => [draft, rowOf(draft)]))
  const byName = recordings.length > 0 ? namedDrafts(drafts) : new Map<string, SessionDraft[]>()
  const alone: SessionRow[] = []
  for (const recording of recordings) {
    const draft = sessionOf(recording, byName)
    const row = draft && rows.get(draft)
    if (row) addRecording(row, recording)
    else alone.push(recordedAlone(recording))
  }
  return [...rows.values(), ...alone]
}

function rowOf({ process: _process, numbered: _numbered, ...row }: SessionDraft): SessionRow {
  return { ...row, recordings: [] }
}

function namedDrafts(drafts: readonly SessionDraft[]): Map<string, SessionDraft[]> {
  const byName = new Map<string, SessionDraft[]>()
  for (const draft of drafts) {
    const own = byName.get(draft.session)
    if (own) own.push(draft)
    else byName.set(draft.session, [draft])
  }
  return byName
}

/** That of its own connection, else the only one anywhere of that name, unless times or users speak against it. */
function sessionOf(recording: RecordingRow, byName: Map<string, SessionDraft[]>): SessionDraft | null {
  if (recording.session === null) return null
  const named = (byName.get(recording.session) ?? []).filter((draft) => agrees(draft, recording))
  const own = named.filter(({ connection }) => connection === recording.connection)
  const [only, ...others] = own.length > 0 ? own : named
  return only && others.length === 0 ? only : null
}

function agrees(draft: SessionDraft, { start, durationMs, user }: RecordingRow): boolean {
  if (user !== null && draft.user !== null && user.toLowerCase() !== draft.user.toLowerCase()) return false
  if (start === null) return true
  return start < draft.last + SLACK_MS && start + (durationMs ?? 0) > draft.from - SLACK_MS
}

function addRecording(row: SessionRow, recording: RecordingRow): void {
  row.recordings.push(recording)
  row.user ??= recording.user
  row.machine ??= recording.machine
  if (recording.start === null) return
  row.last = Math.max(row.last ?? recording.start, recording.start + (recording.durationMs ?? 0))
}

function recordedAlone(recording: RecordingRow): SessionRow {
  const { connection, start, durationMs, title, command, files } = recording
  const end = start !== null && durationMs !== null ? start + durationMs : null
  return {
    id: sessionId('recording', [recording.id]),
    connection,
    session: recording.session ?? title ?? command ?? files[0]?.name ?? recording.id,
    kind: 'terminal',
    user: recording.user,
    machine: recording.machine,
    client: null,
    ip: null,
    from: start,
    to: end,
    last: end ?? start,
    state: recording.isHeld && durationMs !== null ? 'ended' : 'unknown',
    ...NO_EVENTS,
    recordings: [recording],
    marks: [],
  }
}
