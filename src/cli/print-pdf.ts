import { BackendFault } from '../contract'
import { nodePorts } from '../node'
import type { Io } from './io'

/** A page of HTML, in pieces, as a PDF. Throws `not-offered` where there is no Chromium. `tell` takes what printing has to say. */
export async function printPdf(io: Io, pieces: Iterable<string>, tell: (words: string) => void): Promise<Uint8Array> {
  const ports = nodePorts(tell, { env: io.env })
  try {
    return await ports.pdf.print(pieces)
  } catch (error) {
    throw new BackendFault({ code: 'not-offered', message: error instanceof Error ? error.message : String(error) })
  } finally {
    await ports.close()
  }
}
