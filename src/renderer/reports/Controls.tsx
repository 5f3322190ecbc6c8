import { useState } from 'react'
import type { ControlSheet, ControlSheets } from '../../contract'
import { useAnswer } from '../api'
import { ErrorState, Fact, Shown, Spinner, useZone } from '../shared'
import { ControlTable } from './ControlTable'
import { CoverageState, StreamStates } from './CoverageStates'
import { Classification, Formats } from './Form'
import { MakeButton } from './MakeButton'
import { Period } from './Period'
import type { ReportUse } from './use-report'

/** Which records bear on which control, counted from what is held. */
export function Controls({ use }: { use: ReportUse }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const { value, fault, current } = useAnswer('control.sheets', use.period && { range: use.period })
  const sheet = value?.sheets.find(({ framework }) => framework === chosen) ?? value?.sheets[0] ?? null
  return (
    <div className="rt-body">
      <section className="rt-form" aria-label="Which sheet">
        <fieldset className="rt-part rt-kinds">
          <legend>Control sheet</legend>
          {value?.sheets.map((one) => (
            <label key={one.framework} className="rt-kind" data-chosen={one === sheet || undefined}>
              <input type="radio" name="rt-sheet" checked={one === sheet} onChange={() => setChosen(one.framework)} />
              <span>
                <strong>
                  <Shown text={one.title} />
                </strong>
                <span>{one.own ? 'Mapping of this workspace' : 'Mapping that comes with the app'}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <fieldset className="rt-part">
          <legend>Period</legend>
          <Period use={use} />
        </fieldset>
        <fieldset className="rt-part">
          <legend>File</legend>
          <Formats use={use} />
          <Classification use={use} />
        </fieldset>
        {value && <Own sheets={value} />}
        <div className="rt-make">
          {use.period && sheet && (
            <MakeButton
              key={sheet.framework}
              what="Control sheet"
              label="Make the sheet"
              begin={{ method: 'control.begin', ask: { range: use.period, framework: sheet.framework, zone: zoneOf(use), tlp: use.tlp, format: use.format } }}
            />
          )}
        </div>
      </section>
      {fault ? (
        <div className="rt-preview">
          <ErrorState title="The control sheets could not be worked out" message={fault.message} />
        </div>
      ) : value && sheet ? (
        <Sheet sheet={sheet} sheets={value} isStale={!current} />
      ) : (
        <div className="rt-preview rt-wait">
          <Spinner label="Counting what is held" />
        </div>
      )}
    </div>
  )
}

function zoneOf(use: ReportUse): string {
  return use.asked?.zone ?? 'UTC'
}

function Own({ sheets: { folder, unread } }: { sheets: ControlSheets }) {
  return (
    <fieldset className="rt-part">
      <legend>Own mappings</legend>
      <small>
        A file of YAML in <Shown text={folder} /> is used beside these, or in place of that of the same framework.
      </small>
      {unread.map(({ file, reason }) => (
        <p key={file} className="rt-problem" role="note">
          <Shown text={`${file}: ${reason}`} />
        </p>
      ))}
    </fieldset>
  )
}

function Sheet({ sheet, sheets, isStale }: { sheet: ControlSheet; sheets: ControlSheets; isStale: boolean }) {
  const { format, label } = useZone()
  const { period, coverage, streams, retention } = sheets
  return (
    <section className="rt-preview" aria-label={sheet.title} data-stale={isStale || undefined}>
      <h2>
        <Shown text={sheet.title} />
      </h2>
      <p className="rt-question">
        <Shown text={sheet.notice} />
      </p>
      {coverage !== 'complete' && (
        <p className="rt-lacking" role="note">
          <CoverageState state={coverage} />
          <span>What is held of the period is not known to be complete. Where no record is held, nothing follows from that.</span>
        </p>
      )}
      <dl className="facts rt-facts">
        <Fact name="Period">
          {format(period.from)} up to {format(period.to)} {label}
        </Fact>
        <Fact name="Scope" text={sheet.scope} />
        <Fact name="Coverage">
          <StreamStates streams={streams} />
        </Fact>
        <Fact name="Retention" text={retention.words} />
        <Fact name="Mapping" text={`${sheet.file}, edition ${sheet.version}`} />
      </dl>
      {sheet.controls.map((control) => (
        <ControlTable key={control.id} control={control} period={period} />
      ))}
    </section>
  )
}
