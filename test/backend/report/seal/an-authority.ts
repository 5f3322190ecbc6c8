import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Keys and certificates of authorities, made once and kept in a folder until `remove`. */
export class Stamps {
  readonly #folder = mkdtempSync(join(tmpdir(), 'recount-tsa-'))
  readonly #made = new Set<string>()
  #count = 0

  /** The answer of an authority by `openssl ts -reply`. */
  reply(request: Uint8Array, { digests = 'sha256' }: { digests?: string } = {}): Buffer {
    const signer = this.#certificate('timeStamping')
    const name = `${++this.#count}`
    this.#write('tsa.cnf', `[t]\nserial=${this.#path('serial')}\ndefault_policy=1.2.3.4\ndigests=${digests}\nsigner_digest=sha256\naccuracy=secs:1\n`)
    this.#write('serial', '01')
    this.#write(`${name}.tsq`, request)
    this.#openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 't', '-queryfile', `${name}.tsq`, ...signer, '-out', `${name}.tsr`)
    return readFileSync(this.#path(`${name}.tsr`))
  }

  /** The same said and signed by the certificate of a web server, which openssl makes no time stamp with. */
  replyOfServer(request: Uint8Array): Buffer {
    this.#write('granted.tsr', this.reply(request))
    this.#openssl('ts', '-reply', '-in', 'granted.tsr', '-token_out', '-out', 'granted.der')
    this.#openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'granted.der', '-out', 'said.der')
    this.#openssl('cms', '-sign', '-binary', '-nodetach', '-cades', '-in', 'said.der', '-econtent_type', '1.2.840.113549.1.9.16.1.4', ...this.#certificate('serverAuth'), '-outform', 'DER', '-out', 'other.der')
    const token = readFileSync(this.#path('other.der'))
    const length = (bytes: number) => Buffer.from([0x82, bytes >> 8, bytes & 0xff])
    return Buffer.concat([Buffer.from([0x30]), length(token.length + 5), Buffer.from([0x30, 3, 2, 1, 0]), token])
  }

  /** What `openssl ts -verify` says of an answer, with this authority trusted. */
  verified(request: Uint8Array, answer: Uint8Array): string {
    this.#certificate('timeStamping')
    this.#write('asked.tsq', request)
    this.#write('answered.tsr', answer)
    const words = ['ts', '-verify', '-queryfile', 'asked.tsq', '-in', 'answered.tsr', '-CAfile', 'timeStamping.pem']
    return execFileSync('openssl', words, { cwd: this.#folder, encoding: 'utf8', stdio: 'pipe' })
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Options of openssl that name a certificate for that use and its key. */
  #certificate(usage: string): string[] {
    const [certificate, key] = [`${usage}.pem`, `${usage}.key`]
    if (!this.#made.has(usage)) {
      this.#write('req.cnf', `[ca]\ndistinguished_name=dn\nprompt=no\nx509_extensions=v\n[dn]\nO=Clocks\nCN=Test authority\n[v]\nbasicConstraints=CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,${usage}\n`)
      this.#openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', certificate, '-days', '3650', '-config', 'req.cnf', '-section', 'ca')
      this.#made.add(usage)
    }
    return ['-signer', certificate, '-inkey', key]
  }

  #openssl(...words: string[]): void {
    execFileSync('openssl', words, { cwd: this.#folder, stdio: 'pipe' })
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }

  #write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.#path(name), content)
  }
}

export type Asked = { method: string | undefined; url: string | undefined; headers: IncomingMessage['headers']; body: Buffer }

/** A server on loopback that answers each request by that, until the test ends. Answers its address. */
export async function served(answer: (asked: Asked, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => answer({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(pieces) }, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export function tokenAnswer(response: ServerResponse, token: Uint8Array): void {
  response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(token)
}
