import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { View } from '../../../contract'
import { queryErrors, QueryField } from '../../query'
import { Button, Shown, typedText, useZone } from '../../shared'
import { usePage } from '../page-context'
import { RangeFields } from '../RangeFields'
import { typedRange, WRONG_RANGE } from '../typed-range'
import '../forms.css'

type ViewFormProps = {
  /** What the line above the query is called; a line without a name is left out. */
  titleName?: string
  title?: string
  view: View
  /** More lines, between the query and the buttons. */
  children?: ReactNode
  onApply: (form: HTMLFormElement, view: View, title: string) => void
  onCancel: () => void
}

/** What a cell looks at: words, query and time. Enter applies, Escape leaves it as it was. */
export function ViewForm({ titleName, title = '', view, children, onApply, onCancel }: ViewFormProps) {
  const zone = useZone()
  const { range: window } = usePage()
  const field = useRef<HTMLFormElement>(null)
  const [query, setQuery] = useState(view.query)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const wrong = queryProblem(query)
    if (wrong !== null) return setProblem(wrong)
    const range = typedRange(form, zone)
    if (range === 'wrong') return setProblem(WRONG_RANGE)
    onApply(form, { ...view, query: query.trim(), range }, typedText(form, 'title'))
  }
  return (
    <form
      ref={field}
      className="nb-form"
      autoComplete="off"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      {titleName !== undefined && (
        <label className="nb-form-wide">
          <span>{titleName}</span>
          <input name="title" className="filter-input" defaultValue={title} maxLength={500} />
        </label>
      )}
      <div className="nb-form-wide">
        <span aria-hidden="true">Query</span>
        <div className="nb-query" data-wrong={queryErrors(query).length > 0 || undefined}>
          <QueryField text={view.query} hint="user:akim action:login -outcome:success" takesFocus onType={setQuery} onApply={() => field.current?.requestSubmit()} onRestore={onCancel} />
        </div>
      </div>
      <RangeFields range={view.range} zone={zone} window={window} />
      {children}
      <div className="nb-form-acts">
        <p className="nb-problem" role="alert" hidden={problem === null}>
          {problem !== null && <Shown text={problem} />}
        </p>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" hotkey="↵">
          Apply
        </Button>
      </div>
    </form>
  )
}

function queryProblem(query: string): string | null {
  const [first] = queryErrors(query)
  if (!first) return null
  return `${first.message} ${first.from >= query.length ? 'at the end' : `at character ${first.from + 1}`}`
}
