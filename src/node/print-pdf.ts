import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Ports } from '../backend'

/** Prints one file of HTML into a file of PDF. */
export type PrintFile = (html: string, pdf: string, folder: string) => Promise<void>

/** Pages wait for each other: a browser takes as much memory as a page is long. */
export function pdfPort(print: PrintFile): Ports['pdf'] {
  let last: Promise<unknown> = Promise.resolve()
  return {
    print(html) {
      const printed = last.then(() => printIn(print, html))
      last = printed.catch(() => {})
      return printed
    },
  }
}

async function printIn(print: PrintFile, html: Iterable<string>): Promise<Uint8Array> {
  // Of this account alone, and gone afterwards: what is printed is evidence.
  const folder = await mkdtemp(join(tmpdir(), 'recount-print-'))
  try {
    const [page, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')]
    await pipeline(Readable.from(html), createWriteStream(page, { mode: 0o600 }))
    await print(page, pdf, folder)
    return new Uint8Array(await readFile(pdf))
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
