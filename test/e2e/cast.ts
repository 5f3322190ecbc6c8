import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** An event of an asciicast: `i` what was typed, `o` what the terminal was sent. */
export type CastEvent = [seconds: number, kind: 'i' | 'o', text: string]

export const ESC = '\u001b'
export const BELL = '\u0007'

/** Writes an asciicast of 80 by 24 characters; answers its path. */
export function writeCast(folder: string, name: string, { title, start, events }: { title: string; start: number; events: CastEvent[] }): string {
  const header = { version: 2, width: 80, height: 24, timestamp: start / 1000, title }
  const path = join(folder, name)
  writeFileSync(path, [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return path
}

/** Keys with their echo, and Enter without one. */
export function typed(from: number, text: string): CastEvent[] {
  const keys = Array.from(text).flatMap((key, at): CastEvent[] => [
    [from + at / 20, 'i', key],
    [from + at / 20 + 0.01, 'o', key],
  ])
  return [...keys, [from + text.length / 20, 'i', '\r']]
}

/** A short shift in which a terminal was asked for more than to draw, and a password was typed. */
export function attemptsCast(folder: string): string {
  const start = Date.UTC(2026, 1, 6, 3)
  const prompt = 'ana@web-01:~$ '
  const events: CastEvent[] = [
    [0.1, 'o', prompt],
    ...typed(1, 'make day'),
    [2, 'o', `\r\n${ESC}[38;2;255;120;0mwarm${ESC}[0m ${ESC}[1mheavy${ESC}[0m 日本語|\r\n`],
    [2.5, 'o', `${ESC}]8;;https://links.invalid/${BELL}a link${ESC}]8;;${BELL}\r\n`],
    [3, 'o', `${ESC}]52;c;${Buffer.from('from the recording').toString('base64')}${BELL}`],
    [3.5, 'o', `${ESC}]0;another title${BELL}${prompt}`],
    ...typed(4, 'sudo id'),
    [5, 'o', '\r\n[sudo] password for ana: '],
    ...Array.from('hunter2\r').map((key, at): CastEvent => [5.5 + at / 20, 'i', key]),
    [6.5, 'o', `\r\nuid=0(root)\r\n${prompt}`],
  ]
  return writeCast(folder, 'shift.cast', { title: 'night shift', start, events })
}
