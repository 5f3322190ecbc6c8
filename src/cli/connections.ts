import { destinations, removeDestination } from '../backend/destination'
import { formatInstant, type Connection, type Instant, type ServerFacts, type StreamFacts } from '../domain'
import type { Command, ExitCode } from './command'
import { print } from './io'
import { withReader, withWriter } from './open-store'
import { recorded } from './record'

export const connections: Command = {
  usage: '',
  help: [
    'Prints each connection: {connection, kind, origin, state, rows, companions, from, to, files}, and for a server',
    '{server:{url, dialect, account, signIn, caFile, proxy, paused},',
    'streams:[{stream, label, status, serverTotal, asked, at, note, fault}]}; what is not known is left out. Behind them each',
    'destination of exports: {connection, kind, origin: destination, url, region, user, passwordEnv, caFile, proxy}.',
  ],
  options: {},
  words: { least: 0, most: 0 },
  run: (line) =>
    withReader(line, async (store): Promise<ExitCode> => {
      for (const connection of store.connections()) await print(line.io, printed(connection))
      for (const { name, kind, ...facts } of destinations(store)) await print(line.io, { connection: name, kind, origin: 'destination', ...facts })
      return 0
    }),
}

function printed(connection: Connection): object {
  const { name, kind, origin, state, rows, companions, first, last, files, server, streams } = connection
  const facts = { connection: name, kind, origin, state, rows, companions, from: time(first), to: time(last) }
  return {
    ...facts,
    files: files.map((file) => ({
      path: file.path,
      size: file.size,
      mtime: formatInstant(file.mtime),
      sha256: file.sha256,
      stream: file.stream,
      from: time(file.first),
      to: time(file.last),
    })),
    ...(server === null ? {} : { server: printedServer(server), streams: streams.map(printedStream) }),
  }
}

function printedServer({ url, dialect, account, signIn, caFile, proxy, paused }: ServerFacts): object {
  const { expiresAt, ...who } = account
  const ends = expiresAt === undefined ? {} : { expiresAt: formatInstant(expiresAt) }
  return { url, dialect, account: { ...who, ...ends }, signIn, caFile, proxy, paused }
}

function printedStream({ stream, label, status, serverTotal, asked, at, note, fault }: StreamFacts): object {
  const when = at === undefined ? undefined : formatInstant(at)
  return { stream, label, status, serverTotal, asked, at: when, note, fault }
}

function time(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}

export const disconnect: Command = {
  usage: 'NAME [--wipe]',
  help: [
    'Removes a connection: {connection, wiped, removedRows}. Its rows stay held unless they are wiped. A destination of exports',
    'is forgotten, and what lies there stays.',
    '  --wipe   also take its rows and their bytes off the disk, but for those another connection holds too',
  ],
  options: { wipe: { type: 'boolean' } },
  words: { least: 1, most: 1 },
  run: (line) =>
    withWriter(line, async (store): Promise<ExitCode> => {
      const [connection = ''] = line.words
      const wiped = line.values['wipe'] === true
      const isDestination = destinations(store).some(({ name }) => name === connection) && !store.connections().some(({ name }) => name === connection)
      if (isDestination) {
        removeDestination(store, line.workspace, connection)
        await recorded(line, store, [{ action: 'remove', object: `destination ${connection}`, detail: 'removed' }])
        await print(line.io, { connection, wiped: false, removedRows: 0 })
        return 0
      }
      const { removedRows } = await store.remove(connection, wiped)
      const detail = wiped ? `removed and its records wiped: ${removedRows}` : 'removed; its records are kept'
      await recorded(line, store, [{ action: 'remove', object: connection, detail }])
      await print(line.io, { connection, wiped, removedRows })
      return 0
    }),
}
