import type { CustodyMethods } from './custody'
import type { ExportMethods } from './export'
import type { MarkMethods } from './mark'
import type { MomentMethods } from './moment'
import type { NotebookMethods } from './notebook'
import type { ReportMethods } from './report'
import type { SealMethods } from './seal'

/** What people write, what they take out of the workspace, and what proves it. */
export type EvidenceMethods = MarkMethods & MomentMethods & NotebookMethods & CustodyMethods & ExportMethods & ReportMethods & SealMethods
