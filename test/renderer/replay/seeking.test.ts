import { describe, expect, test } from 'vitest'
import { opened, rest } from './opened-player'
import { outputUntil, recorded, seconds, type RecordedEvent } from './recorded'

describe('seeking', () => {
  test('shows what playing from the start would show, anywhere and in any order', async () => {
    const events: RecordedEvent[] = Array.from({ length: 60 }, (_, at) => [Math.floor(at / 3) * 0.7, 'o', `${at}.`])
    for (const begins of ['first', 'before'] as const) {
      const { player, screen } = await opened(recorded(events, { every: 4, begins }))
      for (const moment of [13, 0, 13.3, 2.1, 2.2, 0.7, 6.99, 7, 1000, 0]) {
        player.seek(moment)
        await rest()
        expect(screen.text).toBe(outputUntil(events, moment))
        expect(player.get().time).toBeCloseTo(Math.min(moment, 13.3))
        expect(player.get().target).toBeNull()
      }
    }
  })

  test('forward within a segment writes only what is new', async () => {
    const { player, screen } = await opened(recorded(seconds(8), { every: 8 }))
    player.seek(2)
    await rest()
    expect(screen.acts.slice(2)).toEqual(['write 6'])
  })

  test('the latest wins, and the others never reach the screen', async () => {
    const { player, screen, source } = await opened(recorded(seconds(100)))
    source.hold()
    player.seek(90)
    expect(player.get()).toMatchObject({ status: 'seeking', target: 90, time: 0 })
    await rest()
    player.seek(50)
    await rest()
    player.seek(22)
    await rest()
    source.release()
    await rest()
    expect(player.get()).toMatchObject({ status: 'paused', time: 22 })
    expect(screen.acts.filter((act) => act.startsWith('reset'))).toHaveLength(2)
    expect(source.aborted).toEqual([22, 12])
  })

  test('one that comes while another is written waits for the screen', async () => {
    const { player, screen } = await opened(recorded(seconds(100)))
    screen.hold()
    player.seek(90)
    await rest()
    player.seek(33)
    await rest()
    screen.release()
    await rest()
    expect(screen.text).toBe(outputUntil(seconds(100), 33))
    expect(player.get()).toMatchObject({ status: 'paused', time: 33 })
  })

  test('presses add up, from where it is going', async () => {
    const { player, source } = await opened(recorded(seconds(100)))
    source.hold()
    player.seekBy(30)
    player.seekBy(30)
    player.seekBy(-5)
    expect(player.get().target).toBe(55)
    source.release()
    await rest()
    expect(player.get().time).toBe(55)
    player.seekBy(-1000)
    await rest()
    expect(player.get().time).toBe(0)
    player.seekBy(1000)
    player.seekBy(-9)
    await rest()
    expect(player.get().time).toBe(90)
  })

  test('goes on playing afterwards, unless it was paused on the way', async () => {
    const { player, source, clock } = await opened(recorded(seconds(100)))
    player.play()
    source.hold()
    player.seek(50)
    expect(clock.ticking).toBe(false)
    await clock.frameAfter(5000)
    source.release()
    await rest()
    expect(player.get()).toMatchObject({ status: 'playing', time: 50 })
    await clock.frameAfter(1000)
    expect(player.get().time).toBeCloseTo(51)
    source.hold()
    player.seek(80)
    player.pause()
    source.release()
    await rest()
    expect(player.get()).toMatchObject({ status: 'paused', time: 80 })
  })

  test('goes by shares of the duration, and not to what is no moment', async () => {
    const { player } = await opened(recorded(seconds(11)))
    player.seekShare(0.3)
    await rest()
    expect(player.get().time).toBeCloseTo(3)
    player.seekShare(7)
    await rest()
    expect(player.get()).toMatchObject({ status: 'ended', time: 10 })
    player.seek(NaN)
    await rest()
    expect(player.get().time).toBe(10)
  })

  test('goes from mark to mark', async () => {
    const { player, playFor } = await opened(recorded(seconds(60)))
    const marks = [5, 20, 20.5, 40]
    const walked: number[] = []
    for (const direction of [1, 1, 1, 1, -1, -1, -1, -1] as const) {
      const found = player.seekMark(marks, direction)
      await rest()
      walked.push(found ? player.get().time : -1)
    }
    expect(walked).toEqual([5, 20, 20.5, 40, 20.5, 20, 5, -1])
    player.seekMark(marks, 1)
    await rest()
    player.play()
    await playFor(0.5)
    // Just past the mark while it plays, the one before is meant.
    player.seekMark(marks, -1)
    expect(player.get().target).toBe(5)
  })

  test('redraws the same place when asked to', async () => {
    const { player, screen } = await opened(recorded(seconds(20)))
    player.seek(7.5)
    await rest()
    screen.acts.length = 0
    player.redraw()
    await rest()
    expect(screen.acts[0]).toBe('reset 80x24')
    expect(screen.text).toBe(outputUntil(seconds(20), 7))
    expect(player.get()).toMatchObject({ status: 'paused', time: 7.5 })
  })
})

describe('steps', () => {
  const twins: RecordedEvent[] = [[0, 'o', 'a'], [1, 'o', 'b'], [1, 'i', 'x'], [1, 'o', 'c'], [1, 'o', 'd'], [30, 'o', 'e']]

  test('go one change on or back, also where many share one time', async () => {
    const { player, screen } = await opened(recorded(twins, { every: 2 }))
    const seen: string[] = []
    for (const by of [1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1]) {
      player.step(by)
      await rest()
      seen.push(`${screen.text} ${player.get().time} ${player.get().status}`)
    }
    expect(seen.slice(0, 5)).toEqual(['ab 1 paused', 'abc 1 paused', 'abcd 1 paused', 'abcde 30 ended', 'abcde 30 ended'])
    expect(seen.slice(5)).toEqual(['abcd 1 paused', 'abc 1 paused', 'ab 1 paused', 'a 0 paused', ' 0 paused', ' 0 paused'])
  })

  test('pause, and add up while one is under way', async () => {
    const { player, screen, source } = await opened(recorded(twins, { every: 1 }))
    player.play()
    source.hold()
    player.step(1)
    player.step(1)
    player.step(1)
    player.step(-1)
    source.release()
    await rest()
    expect(screen.text).toBe('abc')
    expect(player.get()).toMatchObject({ status: 'paused', wantsPlay: false })
  })

  test('playing goes on from a step between twins without losing or doubling any', async () => {
    const { player, screen, playFor } = await opened(recorded(twins, { every: 2 }))
    player.step(2)
    await rest()
    player.play()
    await playFor(3)
    expect(screen.text).toBe('abcde')
  })
})
