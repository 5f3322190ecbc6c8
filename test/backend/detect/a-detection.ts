import { compileRules, detect, ownRules, type Finding, type Refusal } from '../../../src/backend/detect'
import type { ReadableStore } from '../../../src/backend/store'
import type { TimeRange } from '../../../src/domain'
import { tempFolder } from '../temp-folder'
import { add, record, writable } from '../store/a-store'

export type Fields = Parameters<typeof record>[1]
/** An event of a test, with its record's text where that plays a part. */
export type Told = Fields & { raw?: string }

/** A store with these events, whose ids are `e0`, `e1` and so on. */
export async function storeOf(events: readonly Told[], kind = 'sshd'): Promise<ReadableStore> {
  const store = await writable(tempFolder())
  add(store, events.map(({ raw, ...fields }, i) => record(`e${i}`, fields, raw ?? `raw of e${i}`)), { kind })
  return store
}

export type Found = { findings: Finding[]; refused: Refusal[] }

/** What rules written as YAML find. */
export function run(store: ReadableStore, yaml: string, range: TimeRange | null = null): Found {
  const set = compileRules([{ place: 'test.yml', text: yaml }])
  return { findings: detect(store, { ...set, detectors: [] }, range), refused: set.refused }
}

export function runOwn(store: ReadableStore): Finding[] {
  return detect(store, ownRules(), null)
}

/** Ids of the events that rules match, without their prefix: `e3` is 3. */
export function matched({ findings }: Found): number[] {
  return findings.flatMap(({ sample }) => sample.map(numberOf))
}

export function numberOf(key: string): number {
  return Number(/e(\d+)$/.exec(key)?.[1] ?? Number.NaN)
}
