import { useCallback, useMemo, useState } from 'react'
import type { Ask, ReportFormat, ReportSample, TlpLabel } from '../../contract'
import { newestDays, type TimeRange } from '../../domain'
import { defaultReports, type ReportsLook, useAddress } from '../address'
import { useAnswer } from '../api'
import { useZone } from '../shared'

/** Days back from the newest event held, where no period is chosen. */
const DAYS = 90

export type ReportUse = {
  look: ReportsLook
  change: (change: Partial<ReportsLook>, how?: 'push' | 'replace') => void
  held: TimeRange | null
  /** Null where nothing is held and no period is chosen. */
  period: TimeRange | null
  choosePeriod: (range: TimeRange) => void
  tlp: TlpLabel
  setTlp: (tlp: TlpLabel) => void
  format: ReportFormat
  setFormat: (format: ReportFormat) => void
  sample: ReportSample | null
  setSample: (sample: ReportSample | null) => void
  /** Null while there is no period. */
  asked: Ask<'report.preview'> | null
}

/** What is chosen: the look is the address's, the rest lasts as long as the screen. */
export function useReport(): ReportUse {
  const { address, go } = useAddress()
  const { zone } = useZone()
  const held = useAnswer('workspace.summary', {}).value?.range ?? null
  const look = useMemo(() => address.reports ?? defaultReports(), [address.reports])
  const change = useCallback((next: Partial<ReportsLook>, how: 'push' | 'replace' = 'push') => go({ reports: { ...look, ...next } }, how), [look, go])
  const [tlp, setTlp] = useState<TlpLabel>('TLP:AMBER')
  const [format, setFormat] = useState<ReportFormat>('pdf')
  const [sample, setSample] = useState<ReportSample | null>(null)
  const period = useMemo(() => address.range ?? newestDays(held, DAYS), [address.range, held])
  const choosePeriod = useCallback((range: TimeRange) => go({ range }), [go])
  const asked = useMemo(() => {
    const { kind, text, only } = look
    return period && { kind, range: period, zone, tlp, text, only: kind === 'access' ? [...only] : [], sample }
  }, [look, period, zone, tlp, sample])
  return { look, change, held, period, choosePeriod, tlp, setTlp, format, setFormat, sample, setSample, asked }
}
