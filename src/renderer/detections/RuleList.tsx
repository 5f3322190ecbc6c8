import type { DetectionRule } from '../../contract'
import { formatCount, formatPlural, Shown, Level } from '../shared'
import { LEVELS } from './finding-words'
import { RuleFiles } from './RuleFiles'

type RuleListProps = {
  rules: DetectionRule[]
  /** Whether their findings are known. */
  isKnown: boolean
  chosen: string | null
  onRule: (rule: string | null) => void
}

/** Every rule with what it found, by level. One that is chosen narrows the findings to its own; chosen again it does not. */
export function RuleList({ rules, isKnown, chosen, onRule }: RuleListProps) {
  const isTold = (rule: DetectionRule) => !isKnown || isTelling(rule)
  const found = rules.filter(isTold)
  const silent = rules.filter((rule) => !isTold(rule))
  const item = (rule: DetectionRule) => <Rule key={rule.id} {...{ rule, isKnown, onRule }} isChosen={rule.id === chosen} />
  return (
    <section className="dt-rules" aria-label="Rules">
      <h2>
        Rules <span className="dt-count">{rules.length > 0 && formatCount(rules.length)}</span>
      </h2>
      <RuleFiles />
      {chosen !== null && (
        <button type="button" className="link" onClick={() => onRule(null)}>
          Findings of all rules
        </button>
      )}
      {LEVELS.map((level) => {
        const own = found.filter((rule) => rule.level === level)
        return (
          own.length > 0 && (
            <div key={level} className="dt-group">
              <h3>
                <Level level={level} />
              </h3>
              <ul>{own.map(item)}</ul>
            </div>
          )
        )
      })}
      {silent.length > 0 && (
        <details>
          <summary>{formatPlural(silent.length, 'rule')} without a finding</summary>
          <ul>{silent.map(item)}</ul>
        </details>
      )}
    </section>
  )
}

function isTelling({ findings, suppressed, inactive }: DetectionRule): boolean {
  return findings + suppressed > 0 || inactive !== null
}

type RuleProps = { rule: DetectionRule; isKnown: boolean; isChosen: boolean; onRule: (rule: string | null) => void }

function Rule({ rule, isKnown, isChosen, onRule }: RuleProps) {
  const { id, title, description, findings, suppressed, inactive, added } = rule
  return (
    <li>
      <button type="button" className="dt-rule" aria-pressed={isChosen} title={description} onClick={() => onRule(isChosen ? null : id)}>
        <span>
          <Shown text={title} />
          {added && (
            <span className="dt-aside">
              <Shown text={added.author === '' ? added.file : `by ${added.author}`} />
            </span>
          )}
          {suppressed > 0 && <span className="dt-aside">{formatCount(suppressed)} suppressed</span>}
          {inactive !== null && (
            <span className="dt-aside dt-off">
              not active: <Shown text={inactive} />
            </span>
          )}
        </span>
        {isKnown && <span className={findings > 0 ? 'dt-rule-count' : 'dt-rule-count dt-faint'}>{formatCount(findings)}</span>}
      </button>
    </li>
  )
}
