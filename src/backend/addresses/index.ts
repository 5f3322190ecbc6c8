export { AddressBook, DATABASE_SETTING } from './address-book'
export { openDatabase, type OpenedDatabase } from './database'
