import { type InputHTMLAttributes, useId } from 'react'
import { Shown } from '../shared'
import type { Field as FieldName, Problem } from './sign-in-form'

export type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string
  field: FieldName
  problem: Problem | null
  hint?: string
}

/** A labelled field; what is wrong with it stands below it and is read out with it. */
export function Field({ label, field, problem, hint, ...rest }: FieldProps) {
  const id = useId()
  const isWrong = problem?.field === field
  return (
    <div className="connect-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        data-field={field}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={isWrong}
        aria-describedby={isWrong || hint !== undefined ? `${id}-about` : undefined}
        {...rest}
      />
      {isWrong ? (
        <p id={`${id}-about`} className="connect-wrong" role="alert">
          <span aria-hidden="true">! </span>
          <Shown text={problem.message} />
        </p>
      ) : (
        hint !== undefined && (
          <p id={`${id}-about`} className="connect-hint">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
