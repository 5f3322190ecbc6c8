import { type ReactNode, createContext } from 'react'
import type { AddressBook } from './address-book'

export const AddressContext = createContext<AddressBook | null>(null)

export function AddressProvider({ book, children }: { book: AddressBook; children: ReactNode }) {
  return <AddressContext value={book}>{children}</AddressContext>
}
