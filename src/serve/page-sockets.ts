import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { OpenWire } from '../node'

/**
 * Name of what is spoken on `/wire`. A page offers it together with `key.<session key>`; only the name is sent back.
 */
export const WIRE_PROTOCOL = 'recount.1'
const KEY_MARK = 'key.'

/** Largest frame a page may send: 4 MiB of a file, or a head that names 100,000 inputs of an import. */
const MOST_BYTES = 4 * 1024 * 1024 + 8 * 1024 * 1024

export interface PageSockets {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** Joins the socket of each page to a wire of its own. `onPages` hears how many pages there are now. */
export function pageSockets(connect: () => OpenWire, onPages: (count: number) => void): PageSockets {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MOST_BYTES,
    handleProtocols: (offered) => (offered.has(WIRE_PROTOCOL) ? WIRE_PROTOCOL : false),
  })
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (page) => {
        onPages(server.clients.size)
        page.on('close', () => onPages(server.clients.size))
        relay(page, connect())
      })
    },
    close() {
      for (const page of server.clients) page.close(1001)
      server.close()
    },
  }
}

/** The session key among the protocols a page offers. */
export function offeredKey(request: IncomingMessage): string | null {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  return offered.find((one) => one.startsWith(KEY_MARK))?.slice(KEY_MARK.length) ?? null
}

function relay(page: WebSocket, wire: OpenWire): void {
  page.on('message', (data, isBinary) => {
    if (!isBinary) return page.close(1003)
    // What the socket gives is a view of a buffer it uses again.
    wire.send(new Uint8Array(data as Buffer))
  })
  page.on('error', () => page.terminate())
  page.on('close', () => wire.close())
  wire.onFrame((frame) => {
    if (page.readyState === page.OPEN) page.send(frame, { binary: true })
  })
  wire.onClose(() => page.close(1012))
}
