import type { Instant } from '../domain'

/** A database of addresses that a person supplied, as it describes itself. */
export type AddressDatabase = {
  /** Name of the file that was chosen. */
  name: string
  bytes: number
  /** `GeoLite2-City` ... */
  type: string
  built: Instant | null
  /** Its own words on what it is and on whose terms; empty where it has none. */
  description: string
  languages: string[]
  ipVersion: 4 | 6
}

/** `problem`: one was supplied and can no longer be read. */
export type AddressDatabaseState = { database: AddressDatabase | null; problem: string | null }

/** What a database says of an address; null where it does not say. */
export type AddressPlace = {
  /** Two letters of ISO 3166. */
  country: string | null
  countryName: string | null
  city: string | null
  /** Degrees. */
  latitude: number | null
  longitude: number | null
  /** Number of the autonomous system, and whose it is. */
  network: number | null
  networkOwner: string | null
}

export type AddressMethods = {
  'addressDatabase.get': AddressDatabaseState
  /** Takes a copy of the file into the workspace. */
  'addressDatabase.set': AddressDatabase
  'addressDatabase.remove': Record<string, never>
  /** In the order of the addresses; null where no database says anything of one. */
  'address.places': (AddressPlace | null)[]
}
