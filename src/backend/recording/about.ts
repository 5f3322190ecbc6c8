import type { RecordingClip, RecordingRow } from '../../contract'
import { formatInstant, type Instant } from '../../domain'
import { visibleText } from './lines/visible-text'

/** What an export says of the recording that it is made from. */
export type About = {
  /** Its file, or its first. */
  name: string
  sha256: string | null
  start: Instant | null
  startPrecision: RecordingRow['startPrecision']
  title: string | null
}

export const CAVEAT = 'A recording shows what a terminal was given to show. It does not prove which commands ran.'

/** Lines at the head of an export: what it is made from, and what it cannot say. */
export function aboutLines({ name, sha256, start, startPrecision, title }: About): string[] {
  const shown = start === null ? 'not known' : formatInstant(start).replace(/\.\d+/, (part) => (startPrecision === 's' ? '' : part))
  return [
    `Recording: ${visibleText(name)}${title === null ? '' : ` (${visibleText(title)})`}`,
    `SHA-256 of the original: ${sha256 ?? 'not known'}`,
    `Start: ${shown}${start === null ? '' : startPrecision === 's' ? ', to the second' : ''}`,
    CAVEAT,
  ]
}

/** A clip as text to be passed on. */
export function clipText(about: About, { from, to, screen }: RecordingClip): string {
  const at = (seconds: number) => `${clockName(seconds).replaceAll('.', ':')}${(seconds % 1).toFixed(3).slice(1)}`
  const wall = (seconds: number) => (about.start === null ? '' : ` (${formatInstant(about.start + Math.round(seconds * 1000))})`)
  const stretch = `From ${at(from)}${wall(from)} to ${at(to)}${wall(to)} of the recording. The screen at the end:`
  return [...aboutLines(about), stretch, '', screen, ''].join('\n')
}

const MOST_NAME = 80

/** A file name that is one on every system. */
export function exportName({ name }: About, ending: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1).replace(/\.[A-Za-z0-9]{1,10}$/, '')
  const plain = base.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '').slice(0, MOST_NAME)
  return `${plain === '' ? 'recording' : plain}${ending}`
}

/** `01.02.03`: seconds since the start as a part of a file name. */
export function clockName(seconds: number): string {
  const whole = Math.floor(seconds)
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0')).join('.')
}
