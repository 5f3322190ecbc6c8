import { expect, it } from 'vitest'
import { asciicastV2 } from '../../../../src/backend/recording/formats/asciicast-v2'
import { script } from '../../../../src/backend/recording/formats/script'
import { sudo } from '../../../../src/backend/recording/formats/sudo'
import { tlog } from '../../../../src/backend/recording/formats/tlog'
import { ttyrec } from '../../../../src/backend/recording/formats/ttyrec'
import { describeWithData } from '../../../data'
import { damages, played, recorded, recordedFolder, told, type Played } from './play'

// One script of commands, recorded by five programs: what they wrote of it, byte for byte.

const REPLACED = '\xef\xbf\xbd'

function fromTtyrec(): Played {
  return played(ttyrec, [recorded('produced/t.ttyrec')])
}

describeWithData('one session in every format', () => {
  const files = (...names: string[]) => names.map((name) => recorded(`produced/${name}`))

  it.each([
    ['script, advanced timing, input apart', () => played(script, files('scr.in', 'scr.timing', 'scr.out'))],
    ['script, the same files in another order', () => played(script, files('scr.out', 'scr.in', 'scr.timing'))],
    ['script, classic timing', () => played(script, files('scr.classic.timing', 'scr.classic'))],
    ['script, input and output in one file', () => played(script, files('scr.io', 'scr.io.timing'))],
    ['sudo', () => played(sudo, recordedFolder('produced/sudo'))],
  ])('gives the very bytes of the ttyrec: %s', (_, play) => {
    const { output, damage } = play()
    expect(damage).toEqual([])
    expect(output.length).toBe(718)
    expect(output.equals(fromTtyrec().output)).toBe(true)
  })

  it('gives them without a timing file as well, all at once', () => {
    const alone = played(script, files('scr.out'))
    expect(alone.output.equals(fromTtyrec().output)).toBe(true)
    expect(damages(alone)).toEqual(['scr.out: there is no timing file: everything is shown at the beginning'])
    expect(alone.events.map(({ time, kind }) => `${time} ${kind}`)).toEqual(['0 output', '0 exit'])
  })

  it('differs in tlog by what was typed, which the terminal echoed', () => {
    const { output, input, damage } = played(tlog, files('t.tlog'))
    const plain = fromTtyrec().output.toString('latin1')
    expect(damage).toEqual([])
    expect(input.toString()).toBe('xé\r')
    expect(output.toString('latin1')).toBe(plain.replace('\xe2\x9c\x93 split', 'x\xc3\xa9\r\n\xe2\x9c\x93 split'))
  })

  it('differs in asciinema 2 by the echo, and by every byte that is no UTF-8 within one read', () => {
    const { output, damage } = played(asciicastV2, files('a.cast'))
    const plain = fromTtyrec().output.toString('latin1')
    const replaced = plain
      .replace('\xff\xfe', REPLACED + REPLACED)
      .replace('\xc3(', `${REPLACED}(`)
      .replace('\xe2\x9c\x93 split', `x${REPLACED}\r\n${REPLACED}${REPLACED} split`)
    expect(damage).toEqual([])
    expect(output.toString('latin1')).toBe(replaced)
  })

  it('keeps a character that was split over two reads as the bytes it is', () => {
    for (const play of [fromTtyrec(), played(sudo, recordedFolder('produced/sudo'))]) {
      const at = play.events.findIndex(({ payload }) => payload.equals(Buffer.from([0xe2])))
      expect(play.events[at + 1]?.payload.subarray(0, 2)).toEqual(Buffer.from([0x9c, 0x93]))
    }
  })

  it('lasts as long in all of them, half a second', () => {
    const plays = [
      fromTtyrec(),
      played(script, files('scr.classic', 'scr.classic.timing')),
      played(tlog, files('t.tlog')),
      played(sudo, recordedFolder('produced/sudo')),
    ]
    for (const { events } of plays) expect(Math.abs((events.at(-1)?.time ?? 0) - 0.515)).toBeLessThan(0.02)
  })

  it('tells what each program knew of it', () => {
    expect(fromTtyrec().head).toEqual({
      format: 'ttyrec',
      cols: 80,
      rows: 24,
      sizeAssumed: true,
      start: 1795192468342,
      startPrecision: 'us',
    })
    const advanced = played(script, files('scr.out', 'scr.timing', 'scr.in'))
    const ofScript = { format: 'script', cols: 100, rows: 30, startPrecision: 's', command: 'bash work.sh' }
    expect(advanced.head).toEqual({ ...ofScript, start: Date.UTC(2026, 10, 20, 16, 34, 26) })
    expect(told(advanced).at(-1)).toMatch(/ exit "0"$/)
    const classic = played(script, files('scr.classic', 'scr.classic.timing'))
    expect(classic.head).toEqual({ ...ofScript, start: Date.UTC(2026, 10, 20, 16, 34, 27) })
    expect(told(classic).at(-1)).toMatch(/ exit "0"$/)
    expect(played(tlog, files('t.tlog')).head).toEqual({
      format: 'tlog',
      cols: 100,
      rows: 30,
      start: 1795192509871,
      startPrecision: 'ms',
      user: 'root',
      host: 'vm',
    })
    expect(played(sudo, recordedFolder('produced/sudo')).head).toEqual({
      format: 'sudo',
      cols: 100,
      rows: 30,
      start: 1795192469160,
      startPrecision: 'us',
      command: '/usr/bin/bash work.sh',
      user: 'root',
      host: 'vm',
      session: '000001',
    })
  })
})
