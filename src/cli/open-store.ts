import { openReadable, openWritable, type ReadableStore, type WritableStore } from '../backend/store'
import type { Line } from './command'
import { say } from './io'
import { writtenKeys } from './written-keys'

/** Reads what is durable now, whoever writes. Says where nothing is held, so that an empty answer is not taken for one. */
export async function withReader<T>(line: Line, act: (store: ReadableStore) => Promise<T>): Promise<T> {
  const { io, workspace } = line
  const store = await openReadable({ folder: workspace, now: io.now })
  const written = writtenKeys(line)
  store.useKeys(written)
  try {
    if (store.connections().length === 0) say(io, `Nothing is held in the workspace ${workspace}.`)
    const { readOnly } = store.state()
    if (readOnly) say(io, readOnly.message)
    return await act(store)
  } finally {
    written.close()
    store.close()
  }
}

export async function withWriter<T>({ io, workspace }: Line, act: (store: WritableStore) => Promise<T>): Promise<T> {
  const store = await openWritable({ folder: workspace, now: io.now })
  try {
    for (const line of store.state().recovered) say(io, line)
    return await act(store)
  } finally {
    store.close()
  }
}
