import type { AddressPlace } from '../../contract'

/** `Oslo, Norway (NO) · AS64500 Example`, as far as it is known. */
export function placeWords({ country, countryName, city, network, networkOwner }: AddressPlace): string {
  const land = countryName !== null && country !== null ? `${countryName} (${country})` : (countryName ?? country)
  const where = [city, land].filter((part) => part !== null).join(', ')
  const owner = [network === null ? null : `AS${network}`, networkOwner].filter((part) => part !== null).join(' ')
  return [where, owner].filter((part) => part !== '').join(' · ')
}
