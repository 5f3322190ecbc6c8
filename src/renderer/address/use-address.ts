import { useCallback, useContext, useSyncExternalStore } from 'react'
import { type Address, printAddress } from './address'
import type { AddressBook } from './address-book'
import { AddressContext } from './AddressProvider'

export type AddressUse = {
  address: Address
  /** `push` (the default) makes a step that back undoes; `replace` does not. */
  go: (change: Partial<Address>, how?: 'push' | 'replace') => void
  /** Address of a link to the present view with a change. */
  href: (change: Partial<Address>) => string
}

/** What holds where the page is. Needs an `AddressProvider` above it. */
export function useAddressBook(): AddressBook {
  const book = useContext(AddressContext)
  if (!book) throw new Error('useAddress needs an AddressProvider')
  return book
}

/** Where the page is. */
export function useAddress(): AddressUse {
  const book = useAddressBook()
  const address = useSyncExternalStore(book.subscribe, book.get)
  const href = useCallback((change: Partial<Address>) => printAddress({ ...address, ...change }), [address])
  return { address, go: book.go, href }
}
