import type { Ports } from '../backend'
import { startSample } from '../sample'

export type SampleAsk = Parameters<Ports['sample']['start']>[0]

export type ServedSample = { url: string; token: string }

/** Runs the sample server in this thread, by the real clock; the token may see all of it. */
export async function serveSample(ask: SampleAsk): Promise<ServedSample & { close(): Promise<void> }> {
  const sample = await startSample({ ...ask, dialect: 'documented' })
  return { url: sample.url, token: sample.tokens.super_admin, close: () => sample.close() }
}
