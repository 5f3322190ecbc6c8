import type { AccessRow } from '../../contract'

/** What is to be known of a pair at a glance. */
export function Marks({ row: { isProduction, isPrivileged, isFirst, isOwnApprover }, isShort = false }: { row: AccessRow; isShort?: boolean }) {
  return (
    <>
      {isProduction && <Mark kind="production" text={isShort ? 'prod' : 'production'} title="A machine of production, as the settings define it" />}
      {isPrivileged && <Mark kind="privileged" text="privileged" title="Used sudo, or worked as root" />}
      {isFirst === true && <Mark kind="first" text="first" title="No earlier access of this person to this machine is held" />}
      {isOwnApprover && <Mark kind="own" text={isShort ? 'own' : 'own grant'} title="The person approved a request of their own" />}
    </>
  )
}

function Mark({ kind, text, title }: { kind: string; text: string; title: string }) {
  return (
    <span className="ac-mark" data-kind={kind} title={title}>
      {text}
    </span>
  )
}
