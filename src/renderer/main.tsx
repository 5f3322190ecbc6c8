import { createRoot } from 'react-dom/client'
import './theme.css'
import './base.css'
import { AddressBook, AddressProvider, browserPlaces } from './address'
import { desktop, openBrowserLink, openDesktopLink } from './api'
import { Root } from './shell'
import { giveNonceToStyles } from './style-nonce'

giveNonceToStyles(document)
const host = desktop()
// The link first: it takes the token out of the hash that the address book then reads.
const link = host ? openDesktopLink(host) : openBrowserLink()
const book = new AddressBook(browserPlaces())
addEventListener('pagehide', () => book.flush())
const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <AddressProvider book={book}>
      <Root link={link} />
    </AddressProvider>,
  )
}
