import { describe, expect, test } from 'vitest'
import { opened, rest } from './opened-player'
import { outputUntil, recorded, seconds, type RecordedEvent } from './recorded'

/** Two events at 0 and 1 s, a minute of nothing, then two more. */
const PAUSE: RecordedEvent[] = [[0, 'o', 'a'], [1, 'o', 'b'], [61, 'o', 'c'], [62, 'o', 'd']]

describe('playing', () => {
  test('begins paused at the moment it is opened at, in the size of then', async () => {
    const { player, screen } = await opened(recorded(seconds(10), { cols: 118, rows: 34 }))
    expect(player.get()).toMatchObject({ status: 'paused', time: 0, indexedTo: 9, done: true, cols: 118, rows: 34 })
    expect(screen.text).toBe('a0.')
    expect(screen.acts).toEqual(['reset 118x34', 'write 3'])
  })

  test('shows everything due, with one write a frame, across segments', async () => {
    const { player, screen, clock } = await opened(recorded(seconds(20), { every: 5 }))
    player.play()
    expect(player.get().status).toBe('playing')
    await clock.frameAfter(500)
    expect(player.get().time).toBeCloseTo(0.5)
    expect(screen.acts).toHaveLength(2)
    player.setSpeed(16)
    await clock.frameAfter(500)
    expect(player.get().time).toBeCloseTo(8.5)
    expect(screen.text).toBe(outputUntil(seconds(20), 8))
    // From a0. at 0 s: a1. to a8. are 24 bytes.
    expect(screen.acts.slice(2)).toEqual(['write 24'])
  })

  test('a speed change counts from the next frame on, within a quarter and sixteen', async () => {
    const { player, clock } = await opened(recorded(seconds(100)))
    player.play()
    await clock.frameAfter(1000)
    player.stepSpeed(1)
    expect(player.get().speed).toBe(2)
    await clock.frameAfter(1000)
    expect(player.get().time).toBeCloseTo(3)
    player.setSpeed(0.01)
    expect(player.get().speed).toBe(0.25)
    player.stepSpeed(-1)
    expect(player.get().speed).toBe(0.25)
    await clock.frameAfter(1000)
    expect(player.get().time).toBeCloseTo(3.25)
    player.setSpeed(99)
    player.stepSpeed(1)
    expect(player.get().speed).toBe(16)
  })

  test('stands while paused', async () => {
    const { player, clock, screen } = await opened(recorded(seconds(20)))
    player.play()
    await clock.frameAfter(1000)
    player.pause()
    expect(clock.ticking).toBe(false)
    await clock.frameAfter(60_000)
    expect(player.get()).toMatchObject({ status: 'paused', time: 1 })
    player.toggle()
    await clock.frameAfter(1000)
    expect(player.get().time).toBeCloseTo(2)
    expect(screen.text).toBe('a0.a1.a2.')
  })

  test('a page that got no frames for a minute goes on where it was', async () => {
    const { player, clock } = await opened(recorded(seconds(200)))
    player.play()
    await clock.frameAfter(60_000)
    expect(player.get().time).toBeCloseTo(1)
  })

  test('ends at the whole duration and begins anew from there', async () => {
    const { player, screen, playFor } = await opened(recorded(seconds(3), { duration: 3.52 }))
    player.play()
    await playFor(5)
    expect(player.get()).toMatchObject({ status: 'ended', wantsPlay: false, time: 3.52 })
    expect(player.get().played).toBeCloseTo(3.52)
    expect(screen.text).toBe('a0.a1.a2.')
    player.play()
    await rest()
    expect(player.get()).toMatchObject({ status: 'playing', time: 0 })
    expect(screen.text).toBe('a0.')
  })

  test('applies a resize before the bytes that follow it', async () => {
    const events: RecordedEvent[] = [[0, 'o', 'a'], [1, 'o', 'b'], [1, 'r', '100x30'], [1, 'o', 'cc'], [2, 'o', 'd']]
    const { player, screen, clock } = await opened(recorded(events, { every: 10 }))
    player.play()
    await clock.frameAfter(1000)
    expect(screen.acts.slice(2)).toEqual(['write 1', 'resize 100x30', 'write 2'])
    expect(player.get()).toMatchObject({ cols: 100, rows: 30 })
    player.seek(0)
    await rest()
    expect(player.get()).toMatchObject({ cols: 80, rows: 24 })
  })

  test('draws from a keyframe what would be more than a megabyte to write', async () => {
    const big = 'x'.repeat(700_000)
    const events: RecordedEvent[] = [[0, 'o', 'a'], [0.2, 'o', big], [0.4, 'o', big], [0.5, 'o', 'b']]
    const source = recorded(events, { every: 3, draw: (before) => `drawn after ${before.length}.` })
    const { player, screen, clock } = await opened(source)
    player.play()
    await clock.frameAfter(600)
    expect(screen.text).toBe('drawn after 3.b')
  })

  test('a flood is passed by its outcome: the segments between are not fetched', async () => {
    const events: RecordedEvent[] = [[0, 'o', 'a'], ...Array.from({ length: 4000 }, (): RecordedEvent => [1, 'o', 'x']), [9, 'o', 'z']]
    const source = recorded(events)
    const { player, screen, playFor } = await opened(source)
    player.play()
    await playFor(1.5)
    expect(player.get()).toMatchObject({ status: 'playing', wantsPlay: true })
    expect(screen.text).toBe(outputUntil(events, 1))
    expect(source.asked.length).toBeLessThan(8)
  })

  test('tells every change until told to stop, by a new object', async () => {
    const { player } = await opened(recorded(seconds(5)))
    const before = player.get()
    let told = 0
    const stop = player.subscribe(() => told++)
    player.setSkipIdle(false)
    expect(told).toBe(1)
    expect(player.get()).not.toBe(before)
    stop()
    player.setSkipIdle(true)
    expect(told).toBe(1)
  })
})

describe('pauses', () => {
  test('of more than two seconds take half a second, and both clocks tell', async () => {
    const { player, playFor, screen } = await opened(recorded(PAUSE))
    player.play()
    await playFor(0.95)
    expect(player.get()).toMatchObject({ idle: false })
    await playFor(0.3)
    expect(player.get().time).toBeCloseTo(31)
    expect(player.get()).toMatchObject({ idle: true })
    await playFor(0.25)
    expect(player.get().time).toBeCloseTo(61)
    expect(player.get().played).toBeCloseTo(1.5)
    await playFor(0.5)
    expect(player.get().time).toBeCloseTo(61.5)
    expect(player.get()).toMatchObject({ idle: false })
    expect(screen.text).toBe('abc')
  })

  test('can be stopped and left anywhere inside', async () => {
    const { player, playFor } = await opened(recorded(PAUSE))
    player.play()
    await playFor(1.25)
    player.pause()
    expect(player.get().time).toBeCloseTo(31)
    player.setSkipIdle(false)
    player.play()
    await playFor(2)
    expect(player.get().time).toBeCloseTo(33)
    player.setSkipIdle(true)
    await playFor(0.1)
    expect(player.get().time).toBeCloseTo(45)
  })

  test('are shortened across a border of segments and from inside, however segments begin', async () => {
    for (const begins of ['first', 'before'] as const) {
      const { player, playFor } = await opened(recorded(PAUSE, { every: 2, begins }))
      player.seek(31)
      await rest()
      player.play()
      await playFor(0.25)
      expect(player.get().time).toBeCloseTo(61)
    }
  })

  test('at the beginning and at the end are shortened too', async () => {
    const { player, playFor } = await opened(recorded([[30, 'o', 'a']], { duration: 90 }))
    player.play()
    await playFor(0.5)
    expect(player.get().time).toBeCloseTo(30)
    await playFor(0.5)
    expect(player.get()).toMatchObject({ status: 'ended', time: 90 })
  })

  test('keep their length where they are not to be shortened, or are short', async () => {
    const short: RecordedEvent[] = [[0, 'o', 'a'], [2, 'o', 'b']]
    const { player, playFor } = await opened(recorded(short))
    player.play()
    await playFor(1)
    expect(player.get().time).toBeCloseTo(1)
    const other = await opened(recorded(PAUSE))
    other.player.setSkipIdle(false)
    other.player.play()
    await other.playFor(4)
    expect(other.player.get().time).toBeCloseTo(4)
  })
})
