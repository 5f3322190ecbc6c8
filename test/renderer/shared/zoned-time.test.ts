import { describe, expect, it } from 'vitest'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'

const at = Date.UTC(2026, 1, 6, 2, 58, 41, 207)

describe('times on screen', () => {
  it('are cut to their precision', () => {
    const { format } = zoneFormat('UTC')
    expect(format(at)).toBe('2026-02-06 02:58:41')
    expect(format(at, 'ms')).toBe('2026-02-06 02:58:41.207')
    expect(format(at, 'us')).toBe('2026-02-06 02:58:41.207')
    expect(format(at, 'min')).toBe('2026-02-06 02:58')
    expect(format(at, 'date')).toBe('2026-02-06')
    expect(format(Number.NaN)).toBe('')
  })

  it('follow the zone, its summer time and its odd minutes', () => {
    expect(zoneFormat('Europe/Berlin').format(at, 'ms')).toBe('2026-02-06 03:58:41.207')
    expect(zoneFormat('Europe/Berlin').format(Date.UTC(2026, 6, 1, 22, 30))).toBe('2026-07-02 00:30:00')
    expect(zoneFormat('Asia/Kathmandu').format(at, 'min')).toBe('2026-02-06 08:43')
    expect(zoneFormat('America/New_York').format(at, 'date')).toBe('2026-02-05')
  })

  it('hold before 1970', () => {
    expect(zoneFormat('UTC').format(-1, 'ms')).toBe('1969-12-31 23:59:59.999')
    expect(zoneFormat('Asia/Tokyo').format(-1, 'ms')).toBe('1970-01-01 08:59:59.999')
  })

  it('name their zone, and take UTC for one that is not known', () => {
    expect(zoneFormat('Europe/Berlin').label).toBe('Europe/Berlin')
    expect(zoneFormat('Mars/Olympus')).toMatchObject({ zone: 'UTC', label: 'UTC' })
    expect(zoneFormat('Etc/UTC').label).toBe('UTC')
    expect(zoneFormat('local').label).not.toBe('local')
  })
})
