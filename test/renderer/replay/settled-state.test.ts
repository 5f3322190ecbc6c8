import { expect, test } from 'vitest'
import { SettledState } from '../../../src/renderer/replay/settled-state'
import { opened, rest } from './opened-player'
import { recorded, seconds } from './recorded'

test('changes once nothing is sought and that is painted, and once for all that happened until then', async () => {
  const source = recorded(seconds(12))
  const { player } = await opened(source)
  let paint: (() => void) | null = null
  const pictures = {
    afterNext(callback: () => void) {
      paint = callback
      return () => (paint = null)
    },
  }
  const settled = new SettledState(player, pictures)
  const times: number[] = []
  const undo = settled.subscribe(() => times.push(settled.get().time))
  const painted = () => {
    const callback = paint
    paint = null
    callback?.()
  }
  painted()
  source.hold()
  player.seek(9)
  painted()
  expect(times).toEqual([0])
  source.release()
  await rest()
  expect(settled.get().time).toBe(0)
  painted()
  expect(times).toEqual([0, 9])
  player.seek(1)
  undo()
  expect(paint).toBeNull()
})
