import type { Dispatcher } from 'undici'
import { NoAnswer, type HttpAnswer, type HttpAsk } from '../backend'
import { problemOf } from './http-problem'

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2]

/**
 * One request and its answer, whole. undici's own `request` makes a stream of each body, which costs twice as much as all
 * the rest of the request.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<HttpAnswer>
  readonly #ask: HttpAsk
  readonly #dispatcher: Dispatcher
  #resolve: (answer: HttpAnswer) => void = () => {}
  #reject: (error: unknown) => void = () => {}
  #controller: Dispatcher.DispatchController | null = null
  #stopped: NoAnswer | null = null
  #mayRepeat: boolean
  #status = 0
  #headers: Headers = {}
  readonly #chunks: Uint8Array[] = []
  #length = 0

  /** Redirects are not followed. */
  constructor(ask: HttpAsk, dispatcher: Dispatcher) {
    this.#ask = ask
    this.#dispatcher = dispatcher
    this.#mayRepeat = ask.method === 'GET'
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.#send()
  }

  /** Ends it now, with this fault. */
  stop(why: NoAnswer): void {
    this.#stopped ??= why
    this.#reject(why)
    this.#controller?.abort(why)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stopped) controller.abort(this.#stopped)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // One that only announces the answer, as 103 does.
    if (status < 200) return
    this.#mayRepeat = false
    this.#status = status
    this.#headers = headers
    this.#refuseLonger(Number(headers['content-length'] ?? 0))
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#stopped) return
    this.#length += chunk.length
    this.#chunks.push(chunk)
    this.#refuseLonger(this.#length)
  }

  onResponseEnd(): void {
    this.#resolve({ status: this.#status, headers: joined(this.#headers), body: Buffer.concat(this.#chunks, this.#length) })
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    // A server may close a kept connection just as it is used again. What only reads is then asked once more.
    const again = this.#mayRepeat && this.#stopped === null && problemOf(error, false).problem === 'reset'
    this.#mayRepeat = false
    if (again) this.#send()
    else this.#reject(error)
  }

  #send(): void {
    const { method, url, headers, body } = this.#ask
    try {
      const { origin, pathname, search } = new URL(url)
      this.#dispatcher.dispatch({ origin, path: pathname + search, method, headers, body: body ?? null }, this)
    } catch (error) {
      this.#reject(error)
    }
  }

  #refuseLonger(length: number): void {
    const { maxBytes } = this.#ask
    if (length > maxBytes) this.stop(new NoAnswer('too-long', `The answer is longer than ${maxBytes} bytes`))
  }
}

function joined(headers: Headers): Record<string, string> {
  const lines: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    lines[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  }
  return lines
}
