import { gzipSync } from 'node:zlib'
import { existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AddressBook, DATABASE_SETTING, openDatabase } from '../../../src/backend/addresses'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { anMmdb, double, type Value } from './an-mmdb'

const OSLO = { country: { iso_code: 'NO', names: { en: 'Norway' } }, city: { names: { en: 'Oslo' } }, location: { latitude: double(59.9), longitude: double(10.7) } }
const LIMA = { country: { iso_code: 'PE', names: { es: 'Perú' } }, location: { latitude: double(-12), longitude: double(-77) } }
const NOTHING = { country: null, countryName: null, city: null, latitude: null, longitude: null, network: null, networkOwner: null }

const networks = { '192.0.2.0/24': OSLO, '198.51.100.128/25': LIMA, '2001:db8::/32': OSLO }
const opened = (values: Record<string, Value>, options = {}) => openDatabase('test.mmdb', anMmdb(values, options))

describe('a database', () => {
  test.each([24, 28, 32] as const)('of records of %i bits tells the place of an address', (recordSize) => {
    const { place } = opened(networks, { recordSize })
    const oslo = { ...NOTHING, country: 'NO', countryName: 'Norway', city: 'Oslo', latitude: 59.9, longitude: 10.7 }
    expect(place('192.0.2.77')).toEqual(oslo)
    expect(place('2001:db8:1::9')).toEqual(oslo)
    expect(place('198.51.100.200')).toEqual({ ...NOTHING, country: 'PE', countryName: 'Perú', latitude: -12, longitude: -77 })
    expect(['198.51.100.1', '203.0.113.1', '::1', '2001:db9::1'].map(place)).toEqual([null, null, null, null])
  })

  test('of version 4 alone knows none of version 6', () => {
    const { place, about } = opened({ '192.0.2.0/24': OSLO }, { ipVersion: 4 })
    expect([place('192.0.2.1')?.country, place('2001:db8::1'), about.ipVersion]).toEqual(['NO', null, 4])
  })

  test.each(['', 'host.example', '192.0.2', '192.0.2.1.1', '192.0.2.0/24', '1'.repeat(500)])('has no place for %j', (address) => {
    expect(opened(networks).place(address)).toBeNull()
  })

  test('describes itself', () => {
    const bytes = anMmdb(networks, { type: 'GeoLite2-City', description: { de: 'x', en: 'Licensed under terms' } })
    expect(openDatabase('a.mmdb', bytes).about).toEqual({
      name: 'a.mmdb', bytes: bytes.length, type: 'GeoLite2-City', built: Date.UTC(2026, 0, 1), description: 'Licensed under terms', languages: ['en'], ipVersion: 6,
    })
  })

  test.each<[string, Value, object]>([
    ['flat countries', { country_code: 'de', country_name: 'Germany' }, { country: 'DE', countryName: 'Germany' }],
    ['countries by their code alone', { country: 'FR' }, { country: 'FR' }],
    ['flat cities', { city: 'Lyon', latitude: '45.7', longitude: '4.8' }, { city: 'Lyon', latitude: 45.7, longitude: 4.8 }],
    ['networks', { autonomous_system_number: 64_500, autonomous_system_organization: 'Example' }, { network: 64_500, networkOwner: 'Example' }],
    ['networks by name', { asn: 'AS64501', as_name: 'Example' }, { network: 64_501, networkOwner: 'Example' }],
    ['where an address is registered', { registered_country: { iso_code: 'SE' } }, { country: 'SE' }],
    ['places outside of the world', { country: 'FR', location: { latitude: double(91), longitude: double(0) } }, { country: 'FR' }],
    ['half a place', { country: 'FR', latitude: double(1) }, { country: 'FR' }],
  ])('may hold %s', (_name, record, place) => {
    expect(opened({ '192.0.2.0/24': record }).place('192.0.2.1')).toEqual({ ...NOTHING, ...place })
  })

  test.each<[string, Value]>([['a text', 'x'], ['a list', ['x']], ['other things', { isp: 'x' }], ['odd codes', { country_code: 'Germany', country: 7, city: true, asn: -1 }]])('of %s tells no place', (_name, record) => {
    expect(opened({ '192.0.2.0/24': record }).place('192.0.2.1')).toBeNull()
  })
})

describe('what is no database', () => {
  const good = anMmdb(networks)
  test.each<[string, Buffer, RegExp]>([
    ['is empty', Buffer.alloc(0), /its end has no description/],
    ['is a text', Buffer.from('network,country\n192.0.2.0/24,NO\n'.repeat(9)), /its end has no description/],
    ['is packed', gzipSync(good), /packed with gzip/],
    ['is an archive', Buffer.from('PK\x03\x04rest of it'), /ZIP file/],
    ['is cut at its end', good.subarray(0, good.length - 60), /./],
    ['is cut at its beginning', good.subarray(good.length - 250), /./],
    ['has records of no known size', anMmdb(networks, { metadata: { record_size: 27 } }), /description cannot be read/],
    ['is of no known version', anMmdb(networks, { metadata: { ip_version: 5 } }), /./],
    ['says that it is larger', anMmdb(networks, { metadata: { node_count: 4_000_000_000 } }), /./],
  ])('is refused where it %s', (_name, bytes, why) => {
    let said = ''
    try {
      openDatabase('x.mmdb', bytes)
    } catch (error) {
      said = error instanceof Error ? error.message : ''
    }
    expect(said).toMatch(why)
    expect(said).toMatch(/^x\.mmdb is no database of addresses: .*Expected a MaxMind DB file/)
  })

  test('damage never throws and never hangs', () => {
    const random = new Random(3)
    for (let round = 0; round < 3000; round++) {
      const bytes = Buffer.from(good)
      for (let times = random.int(6); times >= 0; times--) bytes[random.int(bytes.length)] = random.int(256)
      try {
        const { place } = openDatabase('x.mmdb', bytes)
        for (const address of ['192.0.2.1', '198.51.100.200', '2001:db8::1', '8.8.8.8']) place(address)
      } catch (error) {
        expect(error).toMatchObject({ code: 'nothing-readable' })
      }
    }
  })
})

describe('the book of a workspace', () => {
  const aBook = (folder = tempFolder()) => {
    const settings: Record<string, string> = {}
    const keep = (setting: string) => void (settings[DATABASE_SETTING] = setting)
    return { folder, settings, keep, book: new AddressBook({ folder, settings: () => settings }) }
  }
  const file = (bytes: Buffer, name = 'places.mmdb') => {
    const path = join(tempFolder(), name)
    writeFileSync(path, bytes)
    return path
  }

  test('has none at first', async () => {
    const { book } = aBook()
    expect(await book.state()).toEqual({ database: null, problem: null })
    expect(await book.places(['192.0.2.1'])).toEqual([null])
  })

  test('keeps a copy, which is there when the file is gone', async () => {
    const { book, keep, folder, settings } = aBook()
    const path = file(anMmdb(networks))
    expect((await book.take({ path }, keep)).name).toBe('places.mmdb')
    rmSync(path)
    expect((await book.state()).database?.type).toBe('Test-City')
    const later = new AddressBook({ folder, settings: () => settings })
    expect((await later.places(['192.0.2.1', 'x', '203.0.113.1'])).map((place) => place?.country)).toEqual(['NO', undefined, undefined])
  })

  test('takes another in its place', async () => {
    const { book, keep } = aBook()
    await Promise.all([book.take({ path: file(anMmdb(networks)) }, keep), book.take({ path: file(anMmdb({ '192.0.2.0/24': LIMA })), name: 'b.mmdb' }, keep)])
    expect((await book.places(['192.0.2.1']))[0]?.country).toBe('PE')
    expect((await book.state()).database?.name).toBe('b.mmdb')
  })

  test('keeps the one it has where the next is none', async () => {
    const { book, keep, folder } = aBook()
    await book.take({ path: file(anMmdb(networks)) }, keep)
    await expect(book.take({ path: file(Buffer.from('none')) }, keep)).rejects.toMatchObject({ code: 'nothing-readable' })
    await expect(book.take({ path: '/nowhere/x.mmdb' }, keep)).rejects.toMatchObject({ code: 'file-unreadable', message: 'x.mmdb cannot be read.' })
    await expect(book.take({ path: tempFolder() }, keep)).rejects.toMatchObject({ code: 'file-unreadable' })
    expect((await book.places(['192.0.2.1']))[0]?.country).toBe('NO')
    expect(readdirSync(join(folder, 'addresses'))).toEqual(['database.mmdb'])
  })

  test('is told when its copy is damaged, and when it is taken away', async () => {
    const { book, keep, folder, settings } = aBook()
    await book.take({ path: file(anMmdb(networks)) }, keep)
    truncateSync(join(folder, 'addresses', 'database.mmdb'), 40)
    const later = new AddressBook({ folder, settings: () => settings })
    expect(await later.state()).toEqual({ database: null, problem: expect.stringContaining('places.mmdb is no database of addresses') })
    await later.remove()
    keep('')
    expect(await later.state()).toEqual({ database: null, problem: null })
    expect(existsSync(join(folder, 'addresses', 'database.mmdb'))).toBe(false)
  })
})
