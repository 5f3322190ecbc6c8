import { readCorrelation } from './correlation'
import { compileDetection } from './detection'
import { readDocuments, type RuleDocument, type RuleFile } from './documents'
import { readFilter, withFilters, type RuleFilter } from './filters'
import { isMapping, memberOf, nameOf, readHead } from './head'
import { processesIn, readLogSource } from './log-source'
import type { CorrelationRule, DetectionRule, Refusal } from './model'
import { joinCorrelations } from './references'
import { RuleFault } from './rule-fault'

/** Rules ready to be bound to events. */
export type RuleSet = {
  detections: DetectionRule[]
  /** Each after those it joins; the rules they join are told by id. */
  correlations: CorrelationRule[]
  /** Ids of rules that only feed correlations and tell nothing themselves. */
  quiet: ReadonlySet<string>
  refused: Refusal[]
}

/** What stands in the documents, before rules know of each other. */
export type ReadRules = {
  detections: { rule: DetectionRule; logsource: unknown }[]
  correlations: CorrelationRule[]
  filters: RuleFilter[]
  refused: Refusal[]
}

/** Compiles rules, correlations and filters. Never throws: what does not compile is among `refused`. */
export function compileRules(files: readonly RuleFile[]): RuleSet {
  const steps = compileSteps(files)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same, a file at a time. */
export function* compileSteps(files: readonly RuleFile[]): Generator<void, RuleSet> {
  const read: ReadRules = { detections: [], correlations: [], filters: [], refused: [] }
  const ids = new Set<string>()
  for (const file of files) {
    for (const document of readDocuments(file)) trying(read, document, () => take(read, document, ids))
    yield
  }
  const detections = withFilters(read)
  const { correlations, quiet } = joinCorrelations(detections, read)
  return { detections, correlations, quiet, refused: read.refused }
}

function take(read: ReadRules, { place, value, fault }: RuleDocument, ids: Set<string>): void {
  if (fault !== null) throw new RuleFault(fault)
  if (!isMapping(value)) throw new RuleFault('the document is no rule')
  if (memberOf(value, 'filter') !== undefined) {
    read.filters.push(readFilter(value, place))
    return
  }
  const head = readHead(value, place)
  if (ids.has(head.id)) throw new RuleFault('another rule has the same id')
  if (memberOf(value, 'correlation') !== undefined) read.correlations.push(readCorrelation(head, value))
  else {
    const logsource = memberOf(value, 'logsource')
    const { bind, fields } = compileDetection(memberOf(value, 'detection'))
    const isAbout = readLogSource(logsource)
    read.detections.push({ rule: { kind: 'detection', head, bind, fields, isAbout, ofProcesses: processesIn(logsource) }, logsource })
  }
  ids.add(head.id)
}

function trying({ refused }: ReadRules, { place, value }: RuleDocument, act: () => void): void {
  try {
    act()
  } catch (error) {
    // Whatever a hostile rule can bring about, such as too deep a nesting, is a reason like any other.
    const reason = error instanceof RangeError ? 'the rule is nested too deep' : error instanceof Error ? error.message : String(error)
    refused.push({ rule: nameOf(value, place), place, reason })
  }
}
