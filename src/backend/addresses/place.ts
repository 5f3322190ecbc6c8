import type { AddressPlace } from '../../contract'

/** Characters of a name. */
const MOST = 200

/**
 * Reads a record in any of the shapes in use: nested with names by language (MaxMind, DB-IP), or flat (`country_code`).
 * https://maxmind.github.io/MaxMind-DB/ leaves the content open. Null where it says nothing of a place.
 */
export function placeOf(record: unknown): AddressPlace | null {
  if (!isMap(record)) return null
  const country = [record['country'], record['registered_country']].find(isMap)
  const location = isMap(record['location']) ? record['location'] : record
  const place: AddressPlace = {
    country: code(country?.['iso_code'] ?? record['country_code'] ?? record['country']),
    countryName: named(country) ?? text(record['country_name']),
    city: named(record['city']) ?? text(record['city']),
    latitude: degrees(location['latitude'] ?? location['lat'], 90),
    longitude: degrees(location['longitude'] ?? location['lng'], 180),
    network: systemNumber(record['autonomous_system_number'] ?? record['asn']),
    networkOwner: text(record['autonomous_system_organization'] ?? record['as_name'] ?? record['organization']),
  }
  if (place.latitude === null || place.longitude === null) Object.assign(place, { latitude: null, longitude: null })
  return Object.values(place).some((value) => value !== null) ? place : null
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function named(thing: unknown): string | null {
  if (!isMap(thing) || !isMap(thing['names'])) return null
  const { names } = thing
  return text(names['en'] ?? Object.values(names)[0])
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, MOST) : null
}

function code(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null
}

function degrees(value: unknown, most: number): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Math.abs(number) <= most ? number : null
}

function systemNumber(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(/^(?:AS)?(\d{1,10})$/i.exec(value)?.[1]) : value
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 2 ** 32 ? number : null
}
