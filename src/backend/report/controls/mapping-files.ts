import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import iso27001 from '../../../../resources/controls/iso27001.yaml?raw'
import pci from '../../../../resources/controls/pci-dss.yaml?raw'
import soc2 from '../../../../resources/controls/soc2.yaml?raw'
import { readMapping, UnfitMapping, type Mapping } from './mapping'

export type FoundMapping = { mapping: Mapping; file: string; own: boolean }
export type FoundMappings = { found: FoundMapping[]; unread: { file: string; reason: string }[] }

const PACKED: readonly [file: string, text: string][] = [
  ['soc2.yaml', soc2],
  ['iso27001.yaml', iso27001],
  ['pci-dss.yaml', pci],
]

/** Bytes of one file, and files of one folder. */
const MOST_BYTES = 1024 * 1024
const MOST_FILES = 100

/** The mappings that come with the app, and those of the workspace: one of the same framework takes the place of the app's. */
export function readMappings(folder: string): FoundMappings {
  const own = ownFiles(folder).map((name) => readOwn(join(folder, name)))
  const read = own.filter((one) => 'mapping' in one)
  const taken = new Set(read.map(({ mapping }) => mapping.framework))
  const packed = PACKED.map(([file, text]) => ({ mapping: readMapping(text), file: `controls/${file}`, own: false }))
  return {
    found: [...packed.filter(({ mapping }) => !taken.has(mapping.framework)), ...read],
    unread: own.filter((one) => 'reason' in one),
  }
}

function ownFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort()
      .slice(0, MOST_FILES)
  } catch {
    // No folder of own mappings.
    return []
  }
}

function readOwn(file: string): FoundMapping | { file: string; reason: string } {
  try {
    if (statSync(file).size > MOST_BYTES) return { file, reason: 'It is longer than a mapping can be.' }
    return { mapping: readMapping(readFileSync(file, 'utf8')), file, own: true }
  } catch (error) {
    if (error instanceof UnfitMapping) return { file, reason: error.message }
    return { file, reason: error instanceof Error ? error.message : String(error) }
  }
}
