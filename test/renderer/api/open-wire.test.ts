import { describe, expect, it, vi } from 'vitest'
import { clientOver } from '../../../src/contract'
import { openWire } from '../../../src/renderer/api/open-wire'

describe('a wire fed by hand', () => {
  it('rejects open calls when it ends, and later ones at once', async () => {
    const send = vi.fn()
    const wire = openWire(send)
    const backend = clientOver(wire)
    const open = backend.call('settings.get', {})
    wire.end()
    await expect(open).rejects.toMatchObject({ code: 'disconnected' })
    await expect(backend.call('settings.get', {})).rejects.toMatchObject({ code: 'disconnected' })
    expect(send).toHaveBeenCalledTimes(1)
  })

  it('tells its end once and delivers nothing after it', () => {
    const wire = openWire(() => {})
    const ended = vi.fn()
    const heard = vi.fn()
    wire.onClose(ended)
    wire.onFrame(heard)
    wire.deliver(new Uint8Array(1))
    wire.end()
    wire.end()
    wire.deliver(new Uint8Array(1))
    expect(ended).toHaveBeenCalledTimes(1)
    expect(heard).toHaveBeenCalledTimes(1)
  })
})
