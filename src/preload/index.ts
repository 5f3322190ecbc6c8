import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Desktop, Fault } from '../contract'

type Crossed<T> = { ok: true; value: T } | { ok: false; fault: Fault }

/** Names this load of the page, so that answers to an earlier load are known and dropped. */
const session = crypto.randomUUID()

/**
 * Calls back for messages of this session only. Listeners never get Electron's event, which would lead to its
 * insides.
 */
function listen<T extends unknown[]>(channel: string, listener: (...args: T) => void): () => void {
  const wrapped = (_event: unknown, to: unknown, ...args: unknown[]) => {
    if (to === session) listener(...(args as T))
  }
  ipcRenderer.on(channel, wrapped)
  return () => void ipcRenderer.off(channel, wrapped)
}

async function ask<T>(channel: string, ...args: unknown[]): Promise<T> {
  const answer = (await ipcRenderer.invoke(channel, ...args)) as Crossed<T>
  if (!answer.ok) throw new Error(answer.fault.message)
  return answer.value
}

const desktop: Desktop = {
  send: (frame) => ipcRenderer.send('backend:frame', session, frame),
  onFrame: (listener) => listen<[Uint8Array]>('backend:frame', (frame) => listener(frame)),
  onBackendGone: (listener) => listen('backend:gone', () => listener()),
  pathForFile: (file) => webUtils?.getPathForFile(file as File) ?? '',
  chooseFiles: (what) => ask('dialog:choose', what),
  saveBegin: (name) => ask('save:begin', name),
  saveBeside: (id, ending) => ask('save:beside', id, ending),
  saveWrite: (id, bytes) => ask('save:write', id, bytes),
  saveEnd: (id, keep) => ask('save:end', id, keep),
  tellFound: (count, level) => ipcRenderer.send('detection:found', count, level),
}

// What crosses this way arrives frozen.
contextBridge.exposeInMainWorld('recountDesktop', desktop)
