import type { ReportAsked, ReportHead } from '../../../contract'
import type { Gathered, ReportGround } from './ground'
import { SAMPLE_METHOD } from './sample'
import { reportSources, visibleWords } from './sources'
import { reportStreams, worst } from './streams'

type Made = { gathered: Gathered; root: string | null; chosen: readonly number[] | null }

/** What a report says of itself. Without a root it is that of a preview. */
export function reportHead(ground: ReportGround, asked: ReportAsked, { gathered, root, chosen }: Made): ReportHead {
  const { store } = ground
  const { title, question, rowIs, query, filters, view, main, hidden, shows, showsNot } = gathered
  const streams = reportStreams(store.coverage(asked.range))
  const connections = store.connections()
  const { sample } = asked
  return {
    kind: asked.kind,
    title,
    question,
    sources: reportSources(connections),
    visibleTo: visibleWords(connections),
    period: asked.range,
    query,
    filters,
    rowsIn: store.length(view),
    rowsShown: rowsShown(main, { sample, chosen }),
    rowIs,
    streams,
    coverage: worst(streams),
    zone: asked.zone,
    version: ground.version,
    generatedAt: ground.now(),
    generatedBy: ground.by,
    tlp: asked.tlp,
    root,
    sample: sample && { ...sample, population: main.units, method: SAMPLE_METHOD },
    hidden,
    shows,
    showsNot,
  }
}

/** Of a preview the rows of a sample are not chosen yet: as many as there will be units. */
function rowsShown(main: Gathered['main'], { sample, chosen }: { sample: ReportAsked['sample']; chosen: readonly number[] | null }): number {
  if (chosen) return main.count(chosen)
  return sample ? Math.min(sample.size, main.units) : main.total
}
