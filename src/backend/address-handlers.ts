import type { Ask } from '../contract'
import { DATABASE_SETTING, type AddressBook } from './addresses'
import { on, writerOf, type Context, type Handlers } from './handler'

export function addressHandlers(context: Context, book: AddressBook) {
  return {
    'addressDatabase.get': on(['setting'], () => book.state()),
    'addressDatabase.set': on([], async ({ input }: Ask<'addressDatabase.set'>) => {
      const { store, uploads } = writerOf(context)
      const keep = (setting: string) => store.setSetting(DATABASE_SETTING, setting)
      if ('path' in input) return book.take(input, keep)
      const { path, named } = await uploads.take(input.upload)
      try {
        return await book.take({ path, name: named.name }, keep)
      } finally {
        await uploads.discard(input.upload)
      }
    }),
    'addressDatabase.remove': on([], async () => {
      writerOf(context).store.setSetting(DATABASE_SETTING, '')
      await book.remove()
      return {}
    }),
    'address.places': on(['setting'], async ({ addresses }: Ask<'address.places'>) => book.places(addresses)),
  } satisfies Partial<Handlers>
}
