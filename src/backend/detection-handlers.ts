import { BackendFault, type Ask, type FindingDetail, type FindingRow, type Suppression, type TableName } from '../contract'
import type { AddressBook } from './addresses'
import { actorLabel, thingLabel, type AuditEvent } from '../domain'
import {
  LEAST_SETTING,
  LEVELS_SETTING,
  MOST_SUPPRESSIONS,
  readLevels,
  readSuppressions,
  SUPPRESSIONS,
  withoutSuppression,
  withSuppression,
  type DetectionDesk,
  type JudgedFinding,
  type RuleShelf,
} from './detect'
import { on, writerOf, type Context, type Handlers } from './handler'
import { findingView, timelineRow } from './query'
import type { ReadableStore } from './store'

const READ: TableName[] = ['event', 'setting', 'finding']

/** What the methods of detections need beside the rest. */
export type DetectionContext = Context & { detections: DetectionDesk; shelf: RuleShelf; book: AddressBook }

export function detectionHandlers(context: DetectionContext) {
  return { ...findingHandlers(context), ...tuningHandlers(context), ...fileHandlers(context) }
}

function findingHandlers({ store, detections, book }: DetectionContext) {
  const look = async () => {
    // Which form of travel is looked for depends on it.
    await book.database()
    detections.want()
  }
  return {
    'detection.rules': on(READ, async () => {
      await look()
      const { suppressions, ...rest } = detections.rules()
      return { ...rest, suppressions: suppressions.map((one) => ({ ...one, who: one.key === null ? null : wordsOf(store, one.key) })) }
    }),
    'detection.findings': on(READ, async ({ at, count, suppressed: withSuppressed, ...filter }: Ask<'detection.findings'>) => {
      await look()
      const { all, suppressed } = detections.find(filter, withSuppressed)
      const rows = all.slice(at, at + count).map((judged) => rowOf(store, judged))
      return { rows, total: all.length, suppressed, run: detections.run() }
    }),
    'finding.get': on(READ, async ({ id }: Ask<'finding.get'>) => {
      await look()
      return detailOf(store, detections, id)
    }),
  } satisfies Partial<Handlers>
}

/** Both kinds of tuning stand in the settings until the workspace has tables of its own for them. */
function tuningHandlers(context: DetectionContext) {
  const { store, detections, ports } = context
  const keep = (suppressions: readonly Suppression[]) => writerOf(context).store.setSetting(SUPPRESSIONS, JSON.stringify(suppressions))
  return {
    'finding.suppress': on([], ({ rule, key, reason, until }: Ask<'finding.suppress'>) => {
      const now = ports.clock.now()
      checkRule(detections, rule)
      if (until !== null && until <= now) throw new BackendFault({ code: 'bad-ask', message: 'The end of a suppression has to lie ahead.' })
      const all = withSuppression(readSuppressions(store.settings()), { rule, key, reason, since: now, until })
      if (all.length > MOST_SUPPRESSIONS) {
        throw new BackendFault({ code: 'bad-ask', message: `A workspace keeps ${MOST_SUPPRESSIONS} suppressions; some have to be taken back first.` })
      }
      keep(all)
      return { hides: detections.hides({ rule, key }) }
    }),
    'finding.unsuppress': on([], (target: Ask<'finding.unsuppress'>) => {
      const all = readSuppressions(store.settings())
      const rest = withoutSuppression(all, target)
      if (rest.length === all.length) throw new BackendFault({ code: 'not-found', message: 'There is no such suppression.' })
      keep(rest)
      return {}
    }),
    'detection.setLevel': on([], ({ rule, level }: Ask<'detection.setLevel'>) => {
      checkRule(detections, rule)
      const levels = readLevels(store.settings())
      if (level === null) levels.delete(rule)
      else levels.set(rule, level)
      writerOf(context).store.setSetting(LEVELS_SETTING, JSON.stringify([...levels]))
      return {}
    }),
  } satisfies Partial<Handlers>
}

function fileHandlers(context: DetectionContext) {
  const { detections, shelf } = context
  return {
    'rule.files': on(['setting', 'finding'], () => detections.files()),
    'rule.add': on([], ({ files }: Ask<'rule.add'>) => {
      writerOf(context)
      const refusal = shelf.refusal(files)
      if (refusal !== null) throw new BackendFault({ code: 'bad-ask', message: refusal })
      shelf.add(files)
      detections.want()
      return {}
    }),
    'rule.remove': on([], ({ name }: Ask<'rule.remove'>) => {
      writerOf(context)
      if (!shelf.remove(name)) throw new BackendFault({ code: 'not-found', message: 'There is no such file of rules.' })
      detections.want()
      return {}
    }),
    'rule.setLeast': on([], ({ level }: Ask<'rule.setLeast'>) => {
      writerOf(context).store.setSetting(LEAST_SETTING, level)
      detections.want()
      return {}
    }),
  } satisfies Partial<Handlers>
}

function checkRule(detections: DetectionDesk, rule: string): void {
  if (!detections.knows(rule)) throw new BackendFault({ code: 'not-found', message: 'There is no such rule.' })
}

function rowOf(store: ReadableStore, { finding, level, by }: JudgedFinding): FindingRow {
  const { sample, mayBeginEarlier = false, ...rest } = finding
  const isEvent = sample.length === 1 && sample[0] === finding.key
  const who = isEvent ? wordsOf(store, finding.key) : finding.key
  return { ...rest, level, who, isEvent, mayBeginEarlier, suppressed: by && { key: by.key, reason: by.reason } }
}

/** Of the key of an event: who acted where. Any other key stands for itself. */
function wordsOf(store: ReadableStore, key: string): string {
  const event = store.find(key)?.event
  return (event && whoOf(event)) || key
}

function whoOf(event: AuditEvent): string {
  const [who, where] = [actorLabel(event.actor), thingLabel(event.target) ?? thingLabel(event.machine)]
  return who !== null && where !== null ? `${who} · ${where}` : (who ?? where ?? '')
}

function detailOf(store: ReadableStore, detections: DetectionDesk, id: string): FindingDetail {
  const judged = detections.get(id)
  const rule = judged && detections.rule(judged.finding.rule)
  if (!judged || !rule) throw new BackendFault({ code: 'not-found', message: 'This finding is not there any more: what is held has changed.' })
  const finding = rowOf(store, judged)
  const held = judged.finding.sample.flatMap((key) => store.find(key) ?? [])
  const { view, rows } = findingView(store, {
    range: { from: finding.start, to: finding.end + 1 },
    values: valuesOf(finding),
    events: held.map(({ event }) => event),
  })
  return { finding, rule, sample: held.map(({ event, origin }) => timelineRow(event, origin)), view, rows }
}

/** What the events share. A key of several values is told as one text, and a value may hold the comma between them too. */
function valuesOf({ isEvent, key }: FindingRow): string[] {
  if (isEvent || key === '') return []
  return [...new Set([key, ...key.split(', ')])]
}
