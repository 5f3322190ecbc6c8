import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron'
import type { Fault } from '../contract'
import type { OwnPage } from './own-page'

/**
 * Thrown or rejected inside a handler, it crosses as a fault; rejections of `invoke` would lose everything but words.
 */
export type Crossed<T> = { ok: true; value: T } | { ok: false; fault: Fault }

/** Registers what the page may say. Whatever another frame says is dropped and logged. */
export interface PageMessages {
  /** For messages that have no answer. */
  on(channel: string, listener: (event: IpcMainEvent, args: unknown[]) => void): void
  /** For questions; a listener that throws answers with a fault. */
  handle(channel: string, listener: (event: IpcMainInvokeEvent, args: unknown[]) => Promise<unknown>): void
}

export function pageMessages(page: OwnPage, logError: (message: string, error?: unknown) => void): PageMessages {
  const isOwn = (channel: string, event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const own = page.isOwnFrame(event.senderFrame)
    if (!own) logError(`refused ${channel} from ${event.senderFrame?.url ?? 'a frame that is gone'}`)
    return own
  }
  return {
    on(channel, listener) {
      ipcMain.on(channel, (event, ...args: unknown[]) => {
        if (isOwn(channel, event)) listener(event, args)
      })
    },
    handle(channel, listener) {
      ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Crossed<unknown>> => {
        if (!isOwn(channel, event)) return refused
        try {
          return { ok: true, value: await listener(event, args) }
        } catch (error) {
          logError(`${channel} failed`, error)
          return { ok: false, fault: faultOf(error) }
        }
      })
    },
  }
}

const refused: Crossed<never> = { ok: false, fault: { code: 'bad-ask', message: 'Refused.' } }

function faultOf(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC') return { code: 'disk-full', message: 'The disk is full.' }
  if (error instanceof TypeError) return { code: 'bad-ask', message: error.message }
  return { code: 'internal', message: code ? `The file could not be written (${code}).` : 'Something went wrong.' }
}
