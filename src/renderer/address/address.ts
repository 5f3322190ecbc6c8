import { type TimeRange, formatInstant, parseInstant } from '../../domain'
import { type AccessLook, parseAccess, printAccess } from './access-address'
import { type ApprovalsLook, parseApprovals, printApprovals } from './approvals-address'
import { type CustodyLook, parseCustody, printCustody } from './custody-address'
import { type DetectionsLook, parseDetections, printDetections } from './detection-address'
import { type ReportsLook, parseReports, printReports } from './report-address'
import { type SessionsLook, parseSessions, printSessions } from './session-address'

export const SCREENS = ['timeline', 'sessions', 'my-sessions', 'session', 'replay', 'sign-ins', 'approvals', 'access', 'detections', 'notebooks', 'notebook', 'reports', 'custody', 'sources', 'settings', 'first-run'] as const
export type Screen = (typeof SCREENS)[number]

/** A column of a table as the address holds it; width in CSS pixels, 0 where the table decides. */
export type AddressColumn = { id: string; width: number }

/** What the page shows: enough to open the same view again. */
export type Address = {
  screen: Screen
  /** The typed query, never with the time pin. */
  query: string
  /** The time pin. */
  range: TimeRange | null
  order: 'asc' | 'desc'
  /** Key of the selected event. */
  selected: string | null
  /** Left out when the table decides. */
  columns?: AddressColumn[] | undefined
  /** Id of the recording that the replay shows; left out where it shows none. */
  recording?: string | undefined
  /** Seconds into it; where left out, the moment of the selected event, else the beginning. */
  moment?: number | undefined
  /** Id of the session whose page is shown. */
  session?: string | undefined
  /** Id of the notebook that is shown. */
  notebook?: string | undefined
  /** Id of the cell of it to stand on; left out where that is the first. */
  cell?: string | undefined
  /** What the list of sessions shows; left out where that is all. */
  sessions?: SessionsLook | undefined
  /** What the list of findings shows; left out where that is all. */
  detections?: DetectionsLook | undefined
  /** What the screen of requests and decisions shows; left out where that is all. */
  approvals?: ApprovalsLook | undefined
  /** Which report is looked at; left out where that is the first. */
  reports?: ReportsLook | undefined
  /** What the list of who reached what shows; left out where that is all. */
  access?: AccessLook | undefined
  /** What the custody log shows; left out where that is all entries. */
  custody?: CustodyLook | undefined
}

const VERSION = 'v1'
const MOST_QUERY = 10_000
const MOST_COLUMNS = 50
const MOST_RECORDING = 500
const MOST_MOMENT = 1e9

export function defaultAddress(): Address {
  return { screen: 'timeline', query: '', range: null, order: 'desc', selected: null }
}

/**
 * Reads `#/v1/SCREEN?q=&from=&to=&order=&event=&columns=`, `#/v1/replay/RECORDING?t=`, `#/v1/session/ID` and `#/v1/notebook/ID?cell=`
 * with the same fields, and those of the screen. What cannot be read becomes its default; never throws.
 */
export function parseAddress(hash: string): Address {
  const address = defaultAddress()
  const match = /^#?\/([^/?]*)\/([^/?]*)(?:\/([^/?]*))?(?:\?(.*))?$/s.exec(hash)
  if (!match || match[1] !== VERSION) return address
  const screen = SCREENS.find((name) => name === match[2])
  if (screen) address.screen = screen
  const fields = parseFields(match[4] ?? '')
  if (screen === 'replay') readReplay(address, match[3] ?? '', fields.get('t'))
  if (screen === 'session') readSession(address, match[3] ?? '')
  if (screen === 'notebook') readNotebook(address, match[3] ?? '', fields.get('cell'))
  readLook(address, fields)
  address.query = (fields.get('q') ?? '').slice(0, MOST_QUERY)
  address.range = parseRange(fields.get('from'), fields.get('to'))
  if (fields.get('order') === 'asc') address.order = 'asc'
  address.selected = fields.get('event') || null
  const columns = parseColumns(fields.get('columns') ?? '')
  if (columns.length > 0) address.columns = columns
  return address
}

export function printAddress(address: Address): string {
  const fields: string[] = []
  const put = (name: string, value: string) => fields.push(`${name}=${encode(value)}`)
  const { recording, moment } = address.screen === 'replay' ? address : {}
  if (recording !== undefined && moment !== undefined) put('t', String(moment))
  if (address.screen === 'notebook' && address.cell) put('cell', address.cell)
  for (const field of lookFields(address)) put(...field)
  if (address.query !== '') put('q', address.query)
  if (address.range) {
    put('from', formatInstant(address.range.from))
    put('to', formatInstant(address.range.to))
  }
  if (address.order !== 'desc') put('order', address.order)
  if (address.selected) put('event', address.selected)
  if (address.columns && address.columns.length > 0) {
    put('columns', address.columns.map(({ id, width }) => (width > 0 ? `${id}:${width}` : id)).join(','))
  }
  const things: Partial<Record<Screen, string | undefined>> = { session: address.session, notebook: address.notebook, replay: recording }
  const thing = things[address.screen]
  const place = thing === undefined ? address.screen : `${address.screen}/${encode(thing)}`
  return `#/${VERSION}/${place}${fields.length > 0 ? `?${fields.join('&')}` : ''}`
}

/** Percent-encodes all but what is readable in a fragment; a lone surrogate, which has no UTF-8, becomes U+FFFD. */
function encode(text: string): string {
  const encoded = encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
  return encoded.replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%20/g, '+')
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return null
  }
}

function parseFields(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const part of text.split('&')) {
    const at = part.indexOf('=')
    const value = at > 0 ? decode(part.slice(at + 1)) : null
    if (value !== null) fields.set(part.slice(0, at), value)
  }
  return fields
}

function readReplay(address: Address, id: string, moment: string | undefined): void {
  const recording = decode(id)?.slice(0, MOST_RECORDING)
  if (recording === undefined || recording === '') return
  address.recording = recording
  if (moment === undefined || !/^\d{1,10}(?:\.\d{1,6})?$/.test(moment)) return
  address.moment = Math.min(MOST_MOMENT, Number(moment))
}

function readSession(address: Address, id: string): void {
  const session = decode(id)?.slice(0, MOST_RECORDING)
  if (session) address.session = session
}

function readNotebook(address: Address, id: string, cell: string | undefined): void {
  const notebook = decode(id)?.slice(0, MOST_RECORDING)
  if (!notebook) return
  address.notebook = notebook
  if (cell) address.cell = cell.slice(0, MOST_RECORDING)
}

/** What the lists of the screen are narrowed to. */
function readLook(address: Address, fields: ReadonlyMap<string, string>): void {
  const sessions = isSessions(address) ? parseSessions(fields) : undefined
  const detections = address.screen === 'detections' ? parseDetections(fields) : undefined
  const approvals = address.screen === 'approvals' ? parseApprovals(fields) : undefined
  const access = address.screen === 'access' ? parseAccess(fields) : undefined
  if (address.screen === 'reports') address.reports = parseReports(fields)
  if (address.screen === 'custody') address.custody = parseCustody(fields)
  if (approvals) address.approvals = approvals
  if (access) address.access = access
  if (sessions) address.sessions = sessions
  if (detections) address.detections = detections
}

function lookFields(address: Address): [name: string, value: string][] {
  const { sessions, detections, approvals, access, reports, custody } = address
  if (reports && address.screen === 'reports') return printReports(reports)
  if (custody && address.screen === 'custody') return printCustody(custody)
  if (sessions && isSessions(address)) return printSessions(sessions)
  if (approvals && address.screen === 'approvals') return printApprovals(approvals)
  if (access && address.screen === 'access') return printAccess(access)
  return detections && address.screen === 'detections' ? printDetections(detections) : []
}

function isSessions({ screen }: Address): boolean {
  return screen === 'sessions' || screen === 'my-sessions'
}

function parseRange(from: string | undefined, to: string | undefined): TimeRange | null {
  const start = parseInstant(from ?? '')
  const end = parseInstant(to ?? '')
  return start !== null && end !== null && start < end ? { from: start, to: end } : null
}

function parseColumns(text: string): AddressColumn[] {
  const seen = new Set<string>()
  const columns: AddressColumn[] = []
  for (const part of text.split(',').slice(0, MOST_COLUMNS)) {
    const match = /^([a-z][\w.-]{0,99})(?::(\d{1,4}))?$/i.exec(part)
    const id = match?.[1]
    if (id === undefined || seen.has(id)) continue
    seen.add(id)
    columns.push({ id, width: Number(match?.[2] ?? 0) })
  }
  return columns
}
