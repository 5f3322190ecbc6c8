import type { RecordingRow, SessionRow } from '../../../src/contract'

export const NOW = Date.UTC(2026, 1, 6, 12)

export function aSession(fields: Partial<SessionRow> = {}): SessionRow {
  return {
    id: 'id', connection: 'c', session: 's', kind: 'terminal', user: 'ana', machine: 'web-01', client: null, ip: null, from: NOW, to: NOW + 60_000,
    last: NOW + 60_000, state: 'ended', events: 1, commands: 0, failures: 0, sudo: 0, files: 0, approval: null, recordings: [], marks: [], ...fields,
  }
}

export function aRecording(fields: Partial<RecordingRow> = {}): RecordingRow {
  return {
    id: 'sha256:1', connection: 'c', isHeld: true, format: 'asciicast-v2', sha256: null, files: [], size: null, cols: 80, rows: 24, start: NOW, startPrecision: 's',
    durationMs: 1000, title: null, command: null, session: 's', user: null, machine: null, place: '', fetchedAt: null, ...fields,
  }
}
