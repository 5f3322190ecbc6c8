import { type Backend, clientOver } from '../../contract'
import { type Link, LinkBoard } from './link'
import { openWire } from './open-wire'

const KEY = 'recount.session'
/** A page cannot set headers on a socket, so the key travels as a second protocol; the host answers with the first. */
const WIRE_PROTOCOL = 'recount.1'
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 10_000
/** After a reload the host may still hold the page's earlier socket for a moment. */
const MOST_REFUSALS = 3

/**
 * The backend behind the plain host. The address's one-time token is exchanged for a session key, which a reload finds
 * again in this tab's storage; a lost socket is opened again with the same key, after growing pauses.
 */
export function openBrowserLink(): Link {
  const board = new LinkBoard()
  let key: string | null = null
  let backend: Backend | null = null
  let socket: WebSocket | null = null
  let pause = FIRST_PAUSE
  let refusals = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const lost = async (opened: boolean) => {
    if (closed) return
    if (backend) board.set({ phase: 'lost', backend, trying: false })
    // A socket cannot tell a host that is gone from one that says no; one that serves the page but no socket says no.
    const isThere = !opened && (await isHostThere())
    if (closed) return
    refusals = isThere ? refusals + 1 : 0
    if (refusals === MOST_REFUSALS) return board.set({ phase: 'refused' })
    if (!isThere) board.set({ phase: 'lost', backend, trying: false })
    timer = setTimeout(dial, pause)
    pause = Math.min(pause * 2, LONGEST_PAUSE)
  }
  const dial = () => {
    clearTimeout(timer)
    if (key === null || closed || socket !== null) return
    if (board.get().phase === 'lost') board.set({ phase: 'lost', backend, trying: true })
    socket = dialSocket(key, {
      onOpen(client) {
        backend = client
        pause = FIRST_PAUSE
        refusals = 0
        board.set({ phase: 'open', backend })
      },
      onEnd(opened) {
        socket = null
        void lost(opened)
      },
    })
  }
  const start = async () => {
    key = await sessionKey()
    if (key === null) board.set({ phase: 'refused' })
    else dial()
  }
  void start()

  return {
    get: board.get,
    subscribe: board.subscribe,
    retry() {
      pause = FIRST_PAUSE
      dial()
    },
    close() {
      closed = true
      clearTimeout(timer)
      socket?.close()
    },
  }
}

type SocketEnds = { onOpen: (client: Backend) => void; onEnd: (opened: boolean) => void }

function dialSocket(key: string, { onOpen, onEnd }: SocketEnds): WebSocket {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(`${scheme}//${location.host}/wire`, [WIRE_PROTOCOL, `key.${key}`])
  socket.binaryType = 'arraybuffer'
  const wire = openWire((frame) => socket.send(new Uint8Array(frame)))
  let opened = false
  socket.addEventListener('open', () => {
    opened = true
    onOpen(clientOver(wire))
  })
  socket.addEventListener('message', ({ data }) => {
    if (data instanceof ArrayBuffer) wire.deliver(new Uint8Array(data))
  })
  socket.addEventListener('close', () => {
    wire.end()
    onEnd(opened)
  })
  return socket
}

/** Takes the token out of the address before anything else can read or keep it. */
async function sessionKey(): Promise<string | null> {
  const token = /^#t=([\w-]+)$/.exec(location.hash)?.[1]
  if (token === undefined) return sessionStorage.getItem(KEY)
  history.replaceState(null, '', location.pathname)
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    const { key } = response.ok ? ((await response.json()) as { key?: unknown }) : {}
    if (typeof key !== 'string') return sessionStorage.getItem(KEY)
    sessionStorage.setItem(KEY, key)
    return key
  } catch {
    return sessionStorage.getItem(KEY)
  }
}

async function isHostThere(): Promise<boolean> {
  try {
    return (await fetch(location.pathname, { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
