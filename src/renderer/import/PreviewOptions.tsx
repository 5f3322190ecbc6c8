import { useId, useState } from 'react'
import type { ImportOptions, ImportPreview } from '../../contract'
import { useAnswer } from '../api'
import { zoneNames } from '../shared'

export type PreviewOptionsProps = {
  preview: ImportPreview
  options: ImportOptions
  setOptions: (options: ImportOptions) => void
  onEnter: () => void
}

/** The choices a log leaves open. What is left empty is decided as the preview shows it. */
export function PreviewOptions({ preview, options, setOptions, onEnter }: PreviewOptionsProps) {
  const connections = useAnswer('connection.list', {}).value ?? []
  const replaceable = connections.filter((one) => one.origin === 'files' && one.state !== 'importing')
  const isYearOpen = preview.files.some((file) => file.yearAssumed)
  const put = (change: Change) => setOptions(changed(options, change))
  return (
    <div
      className="preview-options"
      onKeyDown={(event) => event.key === 'Enter' && event.target instanceof HTMLInputElement && onEnter()}
    >
      <label>
        <span>Name</span>
        <input
          value={options.name ?? ''}
          placeholder={options.replace ?? preview.name}
          maxLength={200}
          onChange={(event) => put({ name: event.target.value })}
        />
      </label>
      {isYearOpen && <YearField assumed={assumedYear(preview)} onChange={(year) => put({ year })} />}
      <ZoneField onChange={(zone) => put({ zone })} />
      {replaceable.length > 0 && (
        <label>
          <span>Replaces</span>
          <select value={options.replace ?? ''} onChange={(event) => put({ replace: event.target.value })}>
            <option value="">nothing</option>
            {replaceable.map((one) => (
              <option key={one.name} value={one.name}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="import-note preview-explain">{explain(options, isYearOpen)}</p>
    </div>
  )
}

/** Takes the name of a zone in any case; what is no zone is marked and not used. */
function ZoneField({ onChange }: { onChange: (zone: string) => void }) {
  const [zones] = useState(zoneNames)
  const [typed, setTyped] = useState('')
  const list = useId()
  const find = (text: string) => zones.find((zone) => zone.toLowerCase() === text.trim().toLowerCase())
  return (
    <label>
      <span>Zone of the log</span>
      <input
        list={list}
        placeholder="UTC"
        value={typed}
        aria-invalid={typed !== '' && find(typed) === undefined}
        onChange={({ target }) => {
          setTyped(target.value)
          onChange(find(target.value) ?? '')
        }}
      />
      <datalist id={list}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      {typed !== '' && find(typed) === undefined && <small>no zone of this name, read as UTC</small>}
    </label>
  )
}

/** A year that is not complete is marked and not used. */
function YearField({ assumed, onChange }: { assumed: number | null; onChange: (year: number | undefined) => void }) {
  const [typed, setTyped] = useState('')
  const read = (text: string) => (/^(19[7-9]|[2-9]\d\d)\d$/.test(text.trim()) ? Number(text) : undefined)
  return (
    <label>
      <span>Year of the first event</span>
      <input
        inputMode="numeric"
        placeholder={assumed === null ? '' : String(assumed)}
        value={typed}
        maxLength={4}
        aria-invalid={typed !== '' && read(typed) === undefined}
        onChange={({ target }) => {
          setTyped(target.value)
          onChange(read(target.value))
        }}
      />
      {typed !== '' && read(typed) === undefined && <small>four digits, 1970 or later</small>}
    </label>
  )
}

type Change = { name?: string; year?: number | undefined; zone?: string; replace?: string }

/** An empty choice is left out, so that the backend decides. */
function changed(options: ImportOptions, change: Change): ImportOptions {
  const all = Object.entries({ ...options, ...change })
  return Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== ''))
}

function assumedYear(preview: ImportPreview): number | null {
  const first = preview.files.find((file) => file.yearAssumed && file.first !== null)?.first
  return typeof first === 'number' ? new Date(first).getUTCFullYear() : null
}

function explain(options: ImportOptions, isYearOpen: boolean): string {
  const words: string[] = []
  if (isYearOpen) {
    words.push('syslog lines carry no year: it is taken from the date of the file and goes on where January follows.')
  }
  words.push('A time without a zone is read as UTC unless a zone is chosen.')
  if (options.replace !== undefined) {
    words.push(`The rows that “${options.replace}” holds now are removed; what these files hold takes their place.`)
  }
  return words.join(' ')
}
