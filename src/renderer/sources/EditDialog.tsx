import { type FormEvent, useId, useState } from 'react'
import { type Ask, BackendFault } from '../../contract'
import type { Connection } from '../../domain'
import { useBackend } from '../api'
import { Button, Dialog, Shown, messageOf, typedText } from '../shared'

type Problem = { field: string | null; message: string }

/** Name and way to a server. Who it is read as changes by signing in again. */
export function EditDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const backend = useBackend()
  const form = useId()
  const [isSaving, setSaving] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const { server, name } = connection
  const isSample = Boolean(server?.sample)
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const ask = editAsk(connection, (field) => typedText(form, field))
    if (isSaving || !ask) return onClose()
    setSaving(true)
    setProblem(null)
    backend.call('server.edit', ask).then(onClose, (error: unknown) => {
      setSaving(false)
      setProblem({ field: fieldOf(error), message: messageOf(error) })
    })
  }
  const field = { problem, form }
  return (
    <Dialog
      title={
        <>
          Edit <Shown text={name} />
        </>
      }
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form} aria-disabled={isSaving}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} className="edit-form" autoComplete="off" onSubmit={save}>
        <Line {...field} name="rename" label="Name" value={name} isFirst />
        <Line {...field} name="url" label="Address" value={server?.url ?? ''} isFixed={isSample} />
        <Line {...field} name="caFile" label="File with a certificate authority" value={server?.caFile ?? ''} isFixed={isSample} />
        <Line {...field} name="proxy" label="Proxy" value={server?.proxy ?? ''} isFixed={isSample} />
        <p className="remove-note">
          {isSample
            ? 'The sample is served from this computer, at an address of its own.'
            : 'A new address has to lead to the same server, and has to be signed in to again.'}
        </p>
        {problem?.field === null && (
          <p className="remove-problem" role="alert">
            <span aria-hidden="true">! </span>
            <Shown text={problem.message} />
          </p>
        )}
      </form>
    </Dialog>
  )
}

type LineProps = {
  form: string
  name: string
  label: string
  value: string
  problem: Problem | null
  isFirst?: boolean
  isFixed?: boolean
}

function Line({ form, name, label, value, problem, isFirst = false, isFixed = false }: LineProps) {
  const isWrong = problem?.field === name
  return (
    <label className="edit-line">
      <span>{label}</span>
      <input
        name={name}
        defaultValue={value}
        readOnly={isFixed}
        autoComplete="off"
        spellCheck={false}
        data-autofocus={isFirst ? '' : undefined}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${form}-${name}` : undefined}
      />
      {isWrong && (
        <span id={`${form}-${name}`} className="edit-wrong" role="alert">
          <span aria-hidden="true">! </span>
          <Shown text={problem.message} />
        </span>
      )}
    </label>
  )
}

/** What differs from before; null where nothing does. */
function editAsk({ name, server }: Connection, typed: (field: string) => string): Ask<'server.edit'> | null {
  const ask: Ask<'server.edit'> = { name }
  const [rename, url, caFile, proxy] = ['rename', 'url', 'caFile', 'proxy'].map(typed)
  if (rename && rename !== name) ask.rename = rename
  if (url && url !== server?.url) ask.url = url
  if (caFile !== (server?.caFile ?? '')) ask.caFile = caFile || null
  if (proxy !== (server?.proxy ?? '')) ask.proxy = proxy || null
  return Object.keys(ask).length > 1 ? ask : null
}

function fieldOf(error: unknown): string | null {
  const fields: Record<string, string> = { 'name-taken': 'rename', 'insecure-address': 'url', 'file-unreadable': 'caFile' }
  return error instanceof BackendFault ? (fields[error.code] ?? null) : null
}
