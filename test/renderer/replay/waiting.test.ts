import { describe, expect, test } from 'vitest'
import { notedScreen, opened, playerOf, rest } from './opened-player'
import { outputOf, outputUntil, recorded, seconds, type RecordedEvent } from './recorded'

describe('waiting', () => {
  test('for the next segment, and time stands meanwhile', async () => {
    const { player, source, screen, clock, playFor } = await opened(recorded(seconds(40)))
    source.hold()
    player.play()
    await playFor(10)
    // Segment 1 came ahead; segment 2 begins at 8 s.
    expect(player.get()).toMatchObject({ status: 'waiting', wantsPlay: true, time: 8 })
    await clock.frameAfter(60_000)
    source.release()
    await rest()
    expect(player.get()).toMatchObject({ status: 'playing', time: 8 })
    await playFor(1)
    expect(player.get().time).toBeCloseTo(9)
    expect(screen.text).toBe(outputUntil(seconds(40), 9))
  })

  test('can be paused, and played again', async () => {
    const { player, source, playFor } = await opened(recorded(seconds(40)))
    source.hold()
    player.play()
    await playFor(10)
    player.pause()
    expect(player.get().status).toBe('paused')
    player.play()
    expect(player.get().status).toBe('waiting')
    source.release()
    await rest()
    expect(player.get().status).toBe('playing')
  })

  test('a seek does not wait for the segment that playing waited for', async () => {
    const { player, source, playFor } = await opened(recorded(seconds(40)))
    source.hold()
    player.play()
    await playFor(10)
    player.seek(1)
    await rest()
    expect(player.get()).toMatchObject({ status: 'playing', time: 1 })
  })

  test('for the index, and goes on as it grows, to its end', async () => {
    const source = recorded(seconds(12))
    source.indexTo(3)
    const { player, screen, playFor, clock } = await opened(source)
    player.play()
    await playFor(3)
    expect(player.get()).toMatchObject({ status: 'waiting', time: 2, indexedTo: 2, done: false })
    expect(clock.ticking).toBe(false)
    source.indexTo(6)
    player.indexGrew()
    await rest()
    expect(player.get()).toMatchObject({ status: 'playing', indexedTo: 5 })
    await playFor(1.1)
    expect(screen.text).toBe('a0.a1.a2.a3.')
    source.finish()
    player.indexGrew()
    await playFor(20)
    expect(player.get()).toMatchObject({ status: 'ended', time: 11 })
    expect(screen.text).toBe(outputOf(seconds(12)))
  })

  test('for more events of the very moment it stands at', async () => {
    const events: RecordedEvent[] = [[0, 'o', 'a'], [1, 'o', 'b'], [1, 'o', 'c'], [1, 'o', 'd'], [2, 'o', 'e']]
    const source = recorded(events, { every: 3 })
    source.indexTo(2)
    const { player, screen, playFor } = await opened(source)
    player.play()
    await playFor(2)
    expect(screen.text).toBe('ab')
    source.finish()
    player.indexGrew()
    await playFor(2)
    expect(screen.text).toBe('abcde')
  })

  test('for a moment that is not indexed yet, then shows it', async () => {
    const source = recorded(seconds(30))
    source.indexTo(0, 0)
    const { player, screen } = playerWithScreen(source)
    player.seek(20)
    await rest()
    expect(player.get()).toMatchObject({ status: 'waiting', target: 20 })
    source.indexTo(12)
    player.indexGrew()
    await rest()
    expect(player.get()).toMatchObject({ status: 'waiting', target: 20 })
    expect(screen.acts).toEqual([])
    source.indexTo(25)
    player.indexGrew()
    await rest()
    expect(player.get()).toMatchObject({ status: 'paused', time: 20, target: null })
    expect(screen.text).toBe(outputUntil(seconds(30), 20))
  })

  test('for a moment that turns out to be beyond the end, then shows the end', async () => {
    const source = recorded(seconds(10))
    source.indexTo(5)
    const { player } = await opened(source)
    player.seek(500)
    await rest()
    source.finish()
    player.indexGrew()
    await rest()
    expect(player.get()).toMatchObject({ status: 'ended', time: 9 })
  })
})

describe('what fails', () => {
  test('keeps the place and the target, and is tried again', async () => {
    const { player, screen, source } = await opened(recorded(seconds(100)))
    source.fail(1)
    player.seek(50)
    await rest()
    expect(player.get()).toMatchObject({ status: 'failed', time: 0, target: 50 })
    expect(player.get().fault).toEqual(new Error('segment 12 failed'))
    expect(screen.text).toBe('a0.')
    player.retry()
    await rest()
    expect(player.get()).toMatchObject({ status: 'paused', time: 50, fault: null })
  })

  test('while playing stops there, and play tries again', async () => {
    const { player, screen, source, playFor } = await opened(recorded(seconds(40)))
    source.fail(2)
    player.play()
    await playFor(20)
    expect(player.get()).toMatchObject({ status: 'failed', time: 8 })
    expect(screen.text).toBe(outputUntil(seconds(40), 7))
    player.play()
    await playFor(2)
    expect(player.get().status).toBe('playing')
    await playFor(0.5)
    expect(screen.text).toBe(outputUntil(seconds(40), player.get().time))
    expect(player.get().time).toBeGreaterThan(9)
  })

  test('does not hold up a seek elsewhere', async () => {
    const { player, source } = await opened(recorded(seconds(100)))
    source.fail(1)
    player.seek(50)
    await rest()
    player.seek(2)
    await rest()
    expect(player.get()).toMatchObject({ status: 'paused', time: 2, fault: null })
  })

  test('in a write has the screen drawn anew', async () => {
    const { player, screen, clock } = await opened(recorded(seconds(20)))
    player.play()
    screen.failAfter(0)
    await clock.frameAfter(1000)
    expect(player.get()).toMatchObject({ status: 'failed', time: 0 })
    player.retry()
    await rest()
    await clock.frameAfter(1000)
    expect(player.get().status).toBe('playing')
    expect(screen.text).toBe('a0.a1.')
  })

  test('in a write is drawn anew also when it was paused since', async () => {
    const { player, screen, clock } = await opened(recorded(seconds(20)))
    player.play()
    screen.failAfter(0)
    await clock.frameAfter(1000)
    player.pause()
    screen.text = 'who knows'
    player.retry()
    await rest()
    expect(player.get()).toMatchObject({ status: 'paused', time: 0 })
    expect(screen.text).toBe('a0.')
  })

  test('to be fetched ahead fails for nobody', async () => {
    const { player, source, playFor, screen } = await opened(recorded(seconds(16), { every: 8 }))
    source.fail(1)
    player.play()
    await playFor(9)
    expect(player.get().status).toBe('playing')
    expect(screen.text).toBe(outputUntil(seconds(16), player.get().time))
  })
})

test('a recording with nothing in it fails in words', async () => {
  const { player } = playerWithScreen({
    ...recorded([]),
    index: () => ({ segments: new Float64Array(), indexedTo: 0, done: true }),
  })
  player.seek(0)
  await rest()
  expect(player.get()).toMatchObject({ status: 'failed', fault: new Error('the recording holds nothing to show') })
})

test('after close nothing touches the screen and no frame is asked for', async () => {
  const { player, source, screen, clock, playFor } = await opened(recorded(seconds(100)))
  player.play()
  await playFor(1)
  source.hold()
  player.seek(60)
  await rest()
  const acts = screen.acts.length
  player.close()
  source.release()
  await rest()
  player.play()
  player.seek(3)
  await rest()
  expect(screen.acts).toHaveLength(acts)
  expect(clock.ticking).toBe(false)
})

test('play before anything was opened begins at the beginning', async () => {
  const { player, screen } = playerWithScreen(recorded(seconds(5)))
  expect(player.get()).toMatchObject({ status: 'idle', cols: 0 })
  player.step(1)
  player.redraw()
  await rest()
  expect(player.get().status).toBe('idle')
  player.play()
  await rest()
  expect(player.get().status).toBe('playing')
  expect(screen.text).toBe('a0.')
})

function playerWithScreen(source: ReturnType<typeof recorded>) {
  const screen = notedScreen()
  return { ...playerOf(source, screen), screen }
}
