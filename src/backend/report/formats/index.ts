import type { ExportFormat } from '../../../contract'
import { cef } from './cef'
import { csv } from './csv'
import { ecs } from './ecs'
import type { Format } from './format'
import { jsonl } from './jsonl'
import { ocsf } from './ocsf'
import { rfc5424 } from './rfc5424'
import { timesketch } from './timesketch'

export const FORMATS: Readonly<Record<ExportFormat, Format>> = { csv, jsonl, ocsf, ecs, cef, rfc5424, timesketch }
export type { Format, FormatOptions } from './format'
