import { Shown, typedText } from '../shared'
import type { SignInUse } from './use-sign-in'

export type TenantStepProps = { id: string; use: SignInUse; tenants: { id: string; name: string }[] }

/** The account belongs to several tenants; a connection reads one. */
export function TenantStep({ id, use, tenants }: TenantStepProps) {
  const isWrong = use.problem?.field === 'tenant'
  return (
    <form
      id={id}
      className="connect-form"
      onSubmit={(event) => {
        event.preventDefault()
        const tenant = typedText(event.currentTarget, 'tenant')
        if (!use.isBusy && tenant !== '') use.sendTenant(tenant)
      }}
    >
      <p className="connect-words">This account belongs to several tenants. A connection reads one of them.</p>
      <fieldset className="connect-tenants">
        <legend>Tenant</legend>
        {tenants.map((tenant, at) => (
          <label key={tenant.id}>
            <input
              type="radio"
              name="tenant"
              value={tenant.id}
              defaultChecked={at === 0}
              data-field={at === 0 ? 'tenant' : undefined}
              data-autofocus={at === 0 ? '' : undefined}
            />
            <Shown text={tenant.name} />
            {tenant.name !== tenant.id && <Shown className="connect-id" text={tenant.id} />}
          </label>
        ))}
      </fieldset>
      {isWrong && (
        <p className="connect-wrong" role="alert">
          <span aria-hidden="true">! </span>
          <Shown text={use.problem?.message ?? ''} />
        </p>
      )}
    </form>
  )
}
