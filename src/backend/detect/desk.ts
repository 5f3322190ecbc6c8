import type { DetectionRule, DetectionRules, DetectionRun, FindingLevel, Notices, RuleFiles, Suppression } from '../../contract'
import type { ReadableStore } from '../store'
import { allRules, type AllRules } from './all-rules'
import type { PlaceOf } from './analytics'
import type { Found } from './detect'
import { levelRank } from './finding'
import { FindingNews } from './news'
import { findingTest, judge, type FindingFilter, type Judged, type JudgedFinding } from './judged'
import { ruleFacts, type RuleFacts } from './rule-facts'
import { ownRules } from './pack'
import { DetectionRunner, type RunnerContext } from './runner'
import type { RuleShelf } from './rule-shelf'
import { isOver, isSame, readLeast, readLevels, readNotifyLevel, readSuppressions } from './suppressions'

export type DeskContext = Omit<RunnerContext, 'rules'> & {
  /** Files of rules that people added. */
  shelf: RuleShelf
  /** Where addresses are, and by which database; null without one. */
  places?: () => { id: string; placeOf: PlaceOf } | null
  /** A sync brought findings that are new, of the level that people want to hear of. */
  onFound(news: Notices['detection.found']): void
}

/** `wanted` says which rules these are. */
type Loaded = { wanted: string; facts: readonly RuleFacts[]; files: RuleFiles['files']; runner: DetectionRunner }
/** Rules that are read a little at a time. */
type Reading = { wanted: string; steps: Generator<void, AllRules>; turn: NodeJS.Immediate | null }

/** Milliseconds that reading rules takes in one go. */
const SLICE = 8

type Known = { judged: Judged; found: Found; settings: string; suppressions: Suppression[]; levels: ReadonlyMap<string, FindingLevel> }

/** What the rules found in all that is held, as suppressions and levels have it. */
export class DetectionDesk {
  readonly #context: DeskContext
  readonly #store: ReadableStore
  readonly #now: RunnerContext['now']
  #loaded: Loaded | null = null
  #reading: Reading | null = null
  readonly #news: FindingNews
  /** A sync has ended since the last look. */
  #isAfterSync = false
  #known: Known | null = null
  #found: { judged: Judged; asked: string; all: readonly JudgedFinding[] } | null = null

  constructor(context: DeskContext) {
    this.#context = context
    this.#store = context.store
    this.#now = context.now
    this.#news = new FindingNews(context.store, context.now())
  }

  /** A sync has ended: looks where people want to hear of what it brought. */
  synced(): void {
    if (readNotifyLevel(this.#store.settings()) === null) return
    this.#isAfterSync = true
    this.want()
  }

  /** Begins to look again where that is due. */
  want(): void {
    const { runner } = this.#load()
    if (!this.#reading) runner.want()
  }

  close(): void {
    this.#stopReading()
    this.#loaded?.runner.close()
  }

  run(): DetectionRun {
    const state = this.#load().runner.state()
    return this.#reading ? { ...state, state: 'waiting', isStale: true } : state
  }

  files(): RuleFiles {
    const { files } = this.#load()
    return { files, least: readLeast(this.#store.settings()), isReading: this.#reading !== null }
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

  /** Those that match, the latest first; `suppressed` counts those that match and are suppressed. */
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
    const own = suppressions.find((one) => isSame(one, target))
    return own ? (judged.hides.get(own) ?? 0) : 0
  }

  #load(): Loaded {
    const { shelf } = this.#context
    const { wanted, ...how } = this.#wanted()
    if (this.#reading?.wanted !== wanted) this.#stopReading()
    if (this.#loaded?.wanted === wanted) return this.#loaded
    const hasFiles = !shelf.isEmpty()
    if (hasFiles && !this.#reading) this.#read(wanted, allRules({ shelf, ...how }))
    if (this.#loaded && hasFiles) return this.#loaded
    // The own rules alone are read at once.
    return this.#take(hasFiles ? '' : wanted, { rules: ownRules(how.production, how.placeOf), files: [] })
  }

  #changed(): void {
    // What was found by rules that are no longer wanted is no news.
    const state = this.#load().runner.state()
    if (state.state === 'done' && !state.isStale && state.asOf !== null && !this.#reading) {
      const news = this.#news.take(this.#judge().judged.all, this.#isAfterSync ? readNotifyLevel(this.#store.settings()) : null)
      this.#isAfterSync = false
      if (news) this.#context.onFound(news)
    }
    this.#context.onChange()
  }

  /** What the rules depend on. */
  #wanted() {
    const settings = this.#store.settings()
    const [production, least] = [settings['production'] ?? '', readLeast(settings)]
    const places = this.#context.places?.() ?? null
    const wanted = JSON.stringify([production, least, this.#context.shelf.version, places?.id])
    return { wanted, production, least, placeOf: places?.placeOf ?? null }
  }

  #take(wanted: string, { rules, files }: AllRules): Loaded {
    this.#loaded?.runner.close()
    this.#loaded = { wanted, files, facts: ruleFacts(rules, rules.refused), runner: new DetectionRunner({ ...this.#context, rules, onChange: () => this.#changed() }) }
    return this.#loaded
  }

  #read(wanted: string, steps: Reading['steps']): void {
    const reading: Reading = { wanted, steps, turn: null }
    this.#reading = reading
    const goOn = () => {
      const until = performance.now() + SLICE
      let step = steps.next()
      while (!step.done && performance.now() < until) step = steps.next()
      if (!step.done) {
        reading.turn = setImmediate(goOn)
        return
      }
      this.#reading = null
      this.#take(wanted, step.value).runner.want()
      this.#context.onChange()
    }
    reading.turn = setImmediate(goOn)
    this.#context.onChange()
  }

  #stopReading(): void {
    if (this.#reading?.turn) clearImmediate(this.#reading.turn)
    this.#reading = null
  }

  #rules({ judged: { byRule }, levels, found }: Known): DetectionRule[] {
    const rows = this.#load().facts.map(({ level, inactive, ...facts }): DetectionRule => {
      const count = byRule.get(facts.id) ?? { findings: 0, suppressed: 0 }
      return { ...facts, ownLevel: level, level: levels.get(facts.id) ?? level, inactive: inactive ?? found.inactive.get(facts.id) ?? null, ...count }
    })
    return rows.toSorted((a, b) => levelRank(b.level) - levelRank(a.level))
  }

  /** Judged anew where findings, suppressions or levels are others, or a suppression has ended. */
  #judge(): Known {
    const found = this.#load().runner.found()
    const settings = this.#store.settings()
    const text = settingsText(settings)
    const now = this.#now()
    const known = this.#known
    const isOld = known === null || known.found !== found || known.settings !== text
    if (!isOld && (known.judged.until === null || now < known.judged.until)) return known
    const suppressions = readSuppressions(settings)
    const levels = readLevels(settings)
    this.#known = { judged: judge(found.findings, { suppressions, levels, now }), found, settings: text, suppressions, levels }
    return this.#known
  }
}

function settingsText(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .filter(([name]) => name.startsWith('detection.'))
    .map((entry) => entry.join('\n'))
    .join('\n')
}
