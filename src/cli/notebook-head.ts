import { version } from '../../package.json'
import { accountName } from '../backend/notebook'
import type { NotebookHead } from '../backend/report'
import type { Io } from './io'

export function headOf(io: Io, sources: readonly string[], side: NotebookHead['side']): NotebookHead {
  return { version, generatedAt: io.now(), generatedBy: accountName(), sources, side }
}
