import { type ReactNode, useRef } from 'react'
import { REPORT_FORMATS, REPORT_KINDS, REPORT_ONLY, TLP_LABELS, type ReportFormat, type TlpLabel } from '../../contract'
import { Check, TextFilter } from '../shared'
import { MakeButton } from './MakeButton'
import { Period } from './Period'
import { FORMAT_WORDS, KIND_WORDS, ONLY_WORDS, textLabel } from './report-words'
import { Sample } from './Sample'
import type { ReportUse } from './use-report'

/** What to make, of which time, narrowed by what, as which file. */
export function Form({ use }: { use: ReportUse }) {
  const { look, change, asked, format } = use
  const input = useRef<HTMLInputElement>(null)
  return (
    <section className="rt-form" aria-label="What to make">
      <Kinds use={use} />
      <Part title="Period">
        <Period use={use} />
      </Part>
      <Part title="Narrowed to">
        <TextFilter label={textLabel(look.kind)} placeholder={textLabel(look.kind)} text={look.text} onText={(text) => change({ text }, 'replace')} input={input} />
        {look.kind === 'access' && (
          <div className="rt-checks">
            {REPORT_ONLY.map((only) => (
              <Check
                key={only}
                label={ONLY_WORDS[only]}
                isOn={look.only.includes(only)}
                onToggle={(isOn) => change({ only: REPORT_ONLY.filter((one) => (one === only ? isOn : look.only.includes(one))) })}
              />
            ))}
          </div>
        )}
        <Sample use={use} />
      </Part>
      <Part title="File">
        <Formats use={use} />
        <Classification use={use} />
      </Part>
      <div className="rt-make">{asked && <MakeButton key={look.kind} what={KIND_WORDS[look.kind].title} begin={{ method: 'report.begin', ask: { ...asked, format } }} />}</div>
    </section>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="rt-part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

function Kinds({ use: { look, change } }: { use: ReportUse }) {
  return (
    <fieldset className="rt-part rt-kinds">
      <legend>Report</legend>
      {REPORT_KINDS.map((kind) => (
        <label key={kind} className="rt-kind" data-chosen={kind === look.kind || undefined}>
          <input type="radio" name="rt-kind" checked={kind === look.kind} onChange={() => change({ kind, text: '', only: [] })} />
          <span>
            <strong>{KIND_WORDS[kind].title}</strong>
            <span>{KIND_WORDS[kind].question}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function Formats({ use: { format, setFormat } }: { use: ReportUse }) {
  return (
    <label className="rt-field">
      <span>Format</span>
      <select
        className="filter-input"
        value={format}
        onChange={({ target }) => {
          const chosen = REPORT_FORMATS.find((one): one is ReportFormat => one === target.value)
          if (chosen) setFormat(chosen)
        }}
      >
        {REPORT_FORMATS.map((one) => (
          <option key={one} value={one}>
            {FORMAT_WORDS[one].title}
          </option>
        ))}
      </select>
      <small>{FORMAT_WORDS[format].what}</small>
    </label>
  )
}

export function Classification({ use: { tlp, setTlp } }: { use: ReportUse }) {
  return (
    <label className="rt-field">
      <span>Classification</span>
      <select
        className="filter-input"
        value={tlp}
        onChange={({ target }) => {
          const chosen = TLP_LABELS.find((one): one is TlpLabel => one === target.value)
          if (chosen) setTlp(chosen)
        }}
      >
        {TLP_LABELS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  )
}
