import type { Ask, ImportJob, MethodName, Methods, SyncJob } from '../../contract'
import { settingZone } from '../../domain'
import type { Handlers } from '../handler'
import { accountName, CustodyLog, type Anchor, type NotebookRoom } from '../notebook'
import type { Ports } from '../ports'
import type { ReadableStore, WritableStore } from '../store'
import type { Look } from './act'
import { Recorder } from './recorder'
import { SyncActs } from './sync-acts'

export type CustodyOptions = {
  workspace: string
  version: string
  store: ReadableStore
  /** Null where another process writes. */
  writable: WritableStore | null
  notebook: NotebookRoom
  ports: Ports
  /** Told soon after something was written, and of many things once. */
  onChange: () => void
}

export type Custody = {
  log: CustodyLog
  /** Around the methods, once they are there. */
  recorder: (handlers: Handlers) => Recorder
  synced: (job: SyncJob) => void
  imported: (job: ImportJob) => void
  /** Everything that was done is written. */
  close: () => Promise<void>
}

/** Setting that holds the last entry, so that entries cut from the end are missed. */
const LAST = 'custody.last'
/** Milliseconds in which changes are gathered. */
const GATHER = 250

export function startCustody({ workspace, version, store, writable, notebook, ports, onChange }: CustodyOptions): Custody {
  const now = () => ports.clock.now()
  const anchor = anchorIn(store.settings()[LAST])
  let timer: NodeJS.Timeout | null = null
  const tell = () => {
    timer = null
    onChange()
  }
  const log = new CustodyLog({
    workspace,
    version,
    now,
    zone: () => settingZone(store.settings()['zone']),
    by: accountName(),
    isWriter: writable !== null,
    anchor,
    onChange: () => void (timer ??= setTimeout(tell, GATHER)),
  })
  const ended = new SyncActs({ log, store, now, onError: (error) => ports.log.error('an act could not be written in the custody log', error) })
  return {
    log,
    recorder: (handlers) => new Recorder({ log, now, look: lookOf(notebook, handlers) }),
    synced: (job) => writable && ended.synced(job),
    imported: (job) => writable && ended.imported(job),
    async close() {
      await ended.close()
      log.close()
      if (timer) clearTimeout(timer)
      try {
        if (writable && log.anchor && log.anchor.seq !== anchor?.seq) writable.setSetting(LAST, `${log.anchor.seq} ${log.anchor.hash}`)
      } catch (error) {
        // A full disk; the entry known before still stands.
        ports.log.error('the last entry of the custody log could not be noted', error)
      }
    },
  }
}

function lookOf(notebook: NotebookRoom, handlers: Handlers): Look {
  return {
    async ask<M extends MethodName>(method: M, ask: Ask<M>): Promise<Methods[M]> {
      const { run } = handlers[method] as Handlers[M]
      return run(ask)
    },
    comment(id) {
      const found = notebook.marks().comment(id)
      return found ? { text: found.comment.text, subject: found.subject } : null
    },
  }
}

function anchorIn(text: string | undefined): Anchor | null {
  const match = /^(\d{1,12}) ([0-9a-f]{64})$/.exec(text ?? '')
  return match ? { seq: Number(match[1]), hash: match[2] ?? '' } : null
}
