import { FINDING_LEVELS, type DetectionRule, type DetectionRules, type DetectionRun, type FindingLevel, type Suppression } from '../../contract'
import type { ReadableStore } from '../store'
import type { Rules } from './detect'
import { findingTest, judge, type FindingFilter, type Judged, type JudgedFinding } from './judged'
import { ruleFacts, type RuleFacts } from './rule-facts'
import { DetectionRunner, type RunnerContext } from './runner'
import type { Refusal } from './sigma'
import { isOver, readLevels, readSuppressions } from './suppressions'

export type DeskContext = Omit<RunnerContext, 'rules'> & {
  /** Called once, when anything is asked for first: reading rules takes a while, and opening a workspace is not to wait for it. */
  rules(): Rules & { refused: readonly Refusal[] }
}

type Loaded = { facts: readonly RuleFacts[]; runner: DetectionRunner }

type Known = { judged: Judged; findings: readonly unknown[]; settings: string; suppressions: Suppression[]; levels: ReadonlyMap<string, FindingLevel> }

/** What the rules found in all that is held, as suppressions and levels have it. */
export class DetectionDesk {
  readonly #context: DeskContext
  readonly #store: ReadableStore
  readonly #now: RunnerContext['now']
  #loaded: Loaded | null = null
  #known: Known | null = null
  #found: { judged: Judged; asked: string; all: readonly JudgedFinding[] } | null = null

  constructor(context: DeskContext) {
    this.#context = context
    this.#store = context.store
    this.#now = context.now
  }

  /** Begins to look again where that is due. */
  want(): void {
    this.#load().runner.want()
  }

  close(): void {
    this.#loaded?.runner.close()
  }

  run(): DetectionRun {
    return this.#load().runner.state()
  }

  knows(rule: string): boolean {
    return this.#load().facts.some(({ id }) => id === rule)
  }

  rule(id: string): DetectionRule | undefined {
    return this.#rules(this.#judge()).find((rule) => rule.id === id)
  }

  rules(): DetectionRules {
    const known = this.#judge()
    const { counts, hides } = known.judged
    const rules = this.#rules(known)
    const titles = new Map(rules.map(({ id, title }) => [id, title]))
    const now = this.#now()
    const suppressions = known.suppressions.map((one) => ({
      ...one,
      title: titles.get(one.rule) ?? one.rule,
      who: one.key,
      hides: hides.get(one) ?? 0,
      isOver: isOver(one, now),
    }))
    return { rules, counts, suppressions, run: this.run() }
  }

  /** Those that match, the latest first; `rest` are suppressed and match as well. */
  find(filter: FindingFilter, withSuppressed: boolean): { all: readonly JudgedFinding[]; suppressed: number } {
    const { judged } = this.#judge()
    const asked = JSON.stringify(filter)
    if (this.#found?.judged !== judged || this.#found.asked !== asked) {
      this.#found = { judged, asked, all: judged.all.filter(findingTest(filter)) }
    }
    const { all } = this.#found
    const shown = all.filter(({ by }) => by === null)
    return { all: withSuppressed ? all : shown, suppressed: all.length - shown.length }
  }

  get(id: string): JudgedFinding | undefined {
    return this.#judge().judged.all.find(({ finding }) => finding.id === id)
  }

  hides(target: Pick<Suppression, 'rule' | 'key'>): number {
    const { judged, suppressions } = this.#judge()
    const own = suppressions.find(({ rule, key }) => rule === target.rule && key === target.key)
    return own ? (judged.hides.get(own) ?? 0) : 0
  }

  #load(): Loaded {
    if (this.#loaded) return this.#loaded
    const rules = this.#context.rules()
    this.#loaded = { facts: ruleFacts(rules, rules.refused), runner: new DetectionRunner({ ...this.#context, rules }) }
    return this.#loaded
  }

  #rules({ judged: { byRule }, levels }: Known): DetectionRule[] {
    const rows = this.#load().facts.map(({ level, ...facts }): DetectionRule => {
      const count = byRule.get(facts.id) ?? { findings: 0, suppressed: 0 }
      return { ...facts, ownLevel: level, level: levels.get(facts.id) ?? level, ...count }
    })
    return rows.toSorted((a, b) => FINDING_LEVELS.indexOf(b.level) - FINDING_LEVELS.indexOf(a.level))
  }

  /** Judged anew where findings, suppressions or levels are others, or a suppression has ended. */
  #judge(): Known {
    const findings = this.#load().runner.findings()
    const settings = this.#store.settings()
    const text = settingsText(settings)
    const now = this.#now()
    const known = this.#known
    const isOld = known === null || known.findings !== findings || known.settings !== text
    if (!isOld && (known.judged.until === null || now < known.judged.until)) return known
    const suppressions = readSuppressions(settings)
    const levels = readLevels(settings)
    this.#known = { judged: judge(findings, { suppressions, levels, now }), findings, settings: text, suppressions, levels }
    return this.#known
  }
}

function settingsText(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .filter(([name]) => name.startsWith('detection.'))
    .map((entry) => entry.join('\n'))
    .join('\n')
}
