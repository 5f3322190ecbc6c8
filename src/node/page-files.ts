import { readFileSync, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import icon from '../../resources/icon.svg?raw'
import { NONCE_MARK, freshNonce, pageHeaders } from './page-policy'

type PageFile = { type: string; body: Buffer }

/** The page as built, by exact path of a request. Nothing is ever joined to a path, so nothing else can be reached. */
export type PageFiles = ReadonlyMap<string, PageFile>

export type PageAnswer = { status: 200 | 404; headers: Record<string, string>; body: Buffer }

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** Reads the whole page into memory; throws when it was never built. */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>()
  files.set('/favicon.ico', { type: TYPES['.svg']!, body: Buffer.from(icon) })
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream'
    files.set(`/${relative(folder, path).split(sep).join('/')}`, { type, body: readFileSync(path) })
  }
  const page = files.get('/index.html')
  if (!page) throw new Error(`no index.html in ${folder}`)
  return files.set('/', page)
}

/** Answers one request by its path alone, with a policy whose nonce is used in no other answer. */
export function answerPage(files: PageFiles, path: string): PageAnswer {
  const nonce = freshNonce()
  const headers = pageHeaders(nonce)
  const file = files.get(path)
  if (!file) {
    return {
      status: 404,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
      body: Buffer.from('not found\n'),
    }
  }
  const isPage = file.type.startsWith('text/html')
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.type,
      // Names in /assets carry a hash of what is in them.
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
    },
    body: isPage ? Buffer.from(file.body.toString('utf8').replaceAll(NONCE_MARK, nonce)) : file.body,
  }
}
