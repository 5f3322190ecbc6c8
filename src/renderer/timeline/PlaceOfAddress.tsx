import type { AddressPlace } from '../../contract'
import { useAnswer } from '../api'
import { Shown } from '../shared'
import { placeWords } from './place-words'

/** Where an address is, where the person supplied a database that says so. */
export function PlaceOfAddress({ address }: { address: string }) {
  const places = useAnswer('address.places', { addresses: [address.slice(0, 200)] }).value
  const place: AddressPlace | null = places?.[0] ?? null
  if (!place) return null
  return (
    <span className="tl-dim" title="By the database of addresses chosen in Settings">
      <Shown text={placeWords(place)} />
    </span>
  )
}
