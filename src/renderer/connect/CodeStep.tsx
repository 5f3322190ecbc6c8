import { formatPlural, typedText } from '../shared'
import { Field } from './Field'
import type { SignInUse } from './use-sign-in'

export type CodeStepProps = { id: string; use: SignInUse; minutes: number | null }

/** The one-time code that the server sent. */
export function CodeStep({ id, use, minutes }: CodeStepProps) {
  return (
    <form
      id={id}
      className="connect-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        if (!use.isBusy) use.sendCode(typedText(event.currentTarget, 'code'))
      }}
    >
      <p className="connect-words">
        The server sent a one-time code to this account
        {minutes === null ? '.' : `. It is good for ${formatPlural(minutes, 'minute')}.`}
      </p>
      <Field
        label="One-time code"
        field="code"
        name="code"
        type="text"
        inputMode="numeric"
        maxLength={20}
        className="connect-code"
        data-autofocus=""
        problem={use.problem}
      />
    </form>
  )
}
