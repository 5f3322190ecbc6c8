import type { DetectionRule, FoundFindings } from '../../contract'
import { useAddress } from '../address'
import { Button, EmptyState, ErrorState, formatPlural, LackingNote, Spinner } from '../shared'
import { isNarrowed, type LookUse } from './use-look'

type NoneProps = { use: LookUse; lacking: string | null; found: FoundFindings; rules: DetectionRule[]; onClear: () => void }

/** In place of the list. It says what was looked at, and never that nothing happened. */
export function NoFindings({ use: { filter, change }, lacking, found: { run, suppressed }, rules, onClear }: NoneProps) {
  const { go } = useAddress()
  if (run.asOf === null && run.state === 'failed') {
    return <ErrorState title="Nothing could be found out" message="The rules could not be run to their end. They run again when what is held changes." />
  }
  if (run.asOf === null) {
    return (
      <div className="list-wait">
        <Spinner label="Looking at all that is held" />
      </div>
    )
  }
  if (suppressed > 0) {
    return (
      <EmptyState
        title={`${formatPlural(suppressed, 'finding')} ${suppressed === 1 ? 'is' : 'are'} suppressed, and no other matches`}
        action={<Button onClick={() => change({ suppressed: true })}>Show suppressed</Button>}
      />
    )
  }
  if (isNarrowed(filter)) {
    return (
      <EmptyState title="No finding matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
        <LackingNote lacking={lacking} so="What is not held cannot be looked at." />
      </EmptyState>
    )
  }
  const active = rules.filter(({ inactive }) => inactive === null).length
  return (
    <EmptyState title="Nothing was found in what is held" action={<Button onClick={() => go({ screen: 'sources' })}>Sources & coverage</Button>}>
      <p>
        {formatPlural(active, 'rule')} looked at {formatPlural(run.total, 'event')}. What is unusual in a way that no rule tells is not found.
      </p>
      <LackingNote lacking={lacking} so="What is not held cannot be looked at." />
    </EmptyState>
  )
}
