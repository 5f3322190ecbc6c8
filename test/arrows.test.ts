import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { roomCycle, roomOf, violations, type House, type Row } from './arrows/check'
import { readTree } from './arrows/tree'

// The house: what each room may import. Everything that is not in a row is forbidden. `src/README.md` says what the
// rooms are for.

function row(rooms: readonly string[], packages: readonly string[] = []): Row {
  return { rooms, packages }
}

const NODE = ['node:*']
const PAGE = ['react', 'react-dom', '@codemirror/*', '@lezer/*', '@tanstack/react-virtual', '@fontsource/*']
/** What any part of the page may build on. */
const BASE = ['domain', 'contract']
const PARTS = [...BASE, 'language', 'renderer/api', 'renderer/address', 'renderer/shared']

const ROWS = {
  domain: row([]),
  language: row(['domain'], ['@lezer/*']),
  contract: row(['domain', 'language'], ['zod']),

  terminal: row([], ['@xterm/headless']),

  'backend/ports': row(['domain']),
  'backend/source': row(['domain', 'contract', 'backend/ports'], NODE),
  'backend/store': row(['domain', 'contract'], ['sql.js', ...NODE]),
  'backend/recording': row(['domain', 'contract', 'terminal'], ['@xterm/headless', ...NODE]),
  'backend/sync': row(['domain', 'contract', 'backend/ports', 'backend/source', 'backend/store', 'backend/recording'], NODE),
  'backend/query': row(['domain', 'language', 'contract', 'backend/store'], NODE),
  'backend/detect': row(['domain', 'contract', 'backend/store'], ['yaml', ...NODE]),
  'backend/evidence': row(['domain', 'backend/store'], NODE),
  'backend/notebook': row(['domain', 'contract', 'backend/query', 'backend/store', 'backend/evidence'], NODE),
  'backend/report': row(['domain', 'contract', 'backend/ports', 'backend/query', 'backend/store', 'backend/evidence', 'backend/notebook'], ['yaml', 'marked', 'fflate/*', 'pkijs', ...NODE]),
  'backend/addresses': row(['domain', 'contract'], ['mmdb-lib', ...NODE]),
  'backend/destination': row(['domain', 'contract', 'backend/ports', 'backend/source', 'backend/store'], ['aws4fetch', ...NODE]),
  backend: row(
    ['domain', 'contract', 'backend/destination', 'backend/ports', 'backend/source', 'backend/store', 'backend/sync', 'backend/query', 'backend/detect', 'backend/report', 'backend/recording', 'backend/addresses', 'backend/evidence', 'backend/notebook'],
    NODE,
  ),

  sample: row([], NODE),
  node: row(['domain', 'contract', 'backend', 'sample'], ['undici', ...NODE]),
  main: row(['domain', 'contract', 'backend', 'node'], ['electron', ...NODE]),
  preload: row(['contract'], ['electron']),
  serve: row(['domain', 'contract', 'backend', 'node'], ['ws', ...NODE]),
  cli: row(
    ['domain', 'language', 'contract', 'backend', 'backend/destination', 'backend/store', 'backend/sync', 'backend/query', 'backend/detect', 'backend/addresses', 'backend/report', 'backend/recording', 'backend/evidence', 'backend/notebook', 'node', 'sample', 'serve'],
    NODE,
  ),

  'renderer/api': row(BASE, PAGE),
  'renderer/address': row(BASE, PAGE),
  'renderer/shared': row([...BASE, 'renderer/api', 'renderer/address'], [...PAGE, 'marked']),
  // What several features show and open: beneath them, as a shared widget is.
  'renderer/exports': row(PARTS, PAGE),
  'renderer/import': row(PARTS, PAGE),
  'renderer/sync': row(PARTS, PAGE),
  'renderer/query': row(PARTS, PAGE),
  'renderer/connect': row([...PARTS, 'renderer/sync'], PAGE),
  'renderer/timeline': row([...PARTS, 'renderer/query', 'renderer/exports', 'renderer/sync', 'renderer/marks', 'renderer/notebooks'], PAGE),
  'renderer/settings': row([...PARTS, 'renderer/import'], PAGE),
  'renderer/first-run': row([...PARTS, 'renderer/import', 'renderer/sync', 'renderer/connect'], PAGE),
  'renderer/sources': row([...PARTS, 'renderer/exports', 'renderer/import', 'renderer/sync', 'renderer/connect'], PAGE),
  'renderer/replay': row([...PARTS, 'renderer/exports', 'renderer/marks', 'renderer/notebooks', 'terminal'], [...PAGE, '@xterm/xterm']),
  'renderer/sessions': row([...PARTS, 'renderer/exports', 'renderer/marks', 'renderer/notebooks'], PAGE),
  'renderer/detections': row([...PARTS, 'renderer/exports', 'renderer/marks', 'renderer/notebooks'], PAGE),
  'renderer/charts': row(PARTS, [...PAGE, 'recharts']),
  'renderer/sign-ins': row([...PARTS, 'renderer/exports', 'renderer/charts', 'renderer/notebooks'], PAGE),
  'renderer/approvals': row([...PARTS, 'renderer/exports', 'renderer/charts', 'renderer/notebooks'], PAGE),
  'renderer/access': row([...PARTS, 'renderer/exports', 'renderer/notebooks'], PAGE),
  // Marks and comments: what every list of events, sessions, recordings and findings shows.
  'renderer/marks': row(PARTS, PAGE),
  'renderer/notebooks': row([...PARTS, 'renderer/query', 'renderer/exports', 'renderer/import', 'renderer/charts', 'renderer/marks'], PAGE),
  'renderer/reports': row(PARTS, PAGE),
  'renderer/custody': row([...PARTS, 'renderer/exports'], PAGE),
  // The frame around the features: it alone knows all of them.
  'renderer/shell': row(
    [
      ...PARTS,
      'renderer/import',
      'renderer/sync',
      'renderer/connect',
      'renderer/timeline',
      'renderer/settings',
      'renderer/first-run',
      'renderer/sources',
      'renderer/replay',
      'renderer/sessions',
      'renderer/detections',
      'renderer/sign-ins',
      'renderer/approvals',
      'renderer/access',
      'renderer/marks',
      'renderer/notebooks',
      'renderer/reports',
      'renderer/custody',
    ],
    PAGE,
  ),
  renderer: row(['renderer/address', 'renderer/api', 'renderer/shell'], PAGE),
} satisfies Record<string, Row>

const HOUSE: House = {
  rows: ROWS,
  sideDoors: [
    // The schemas: apart from the door, so that the page, which needs only types, never carries zod.
    { file: 'contract/asks.ts', for: ['backend'] },
    // Types that the door has too.
    { file: 'backend/store/filter.ts', for: ['backend/query'] },
    { file: 'renderer/shared/format.ts', for: ['renderer/timeline'] },
    // Two screens look alike; a stylesheet has no door.
    { file: 'renderer/shared/screen.css', for: ['renderer/settings', 'renderer/sources', 'renderer/sessions', 'renderer/detections', 'renderer/sign-ins', 'renderer/approvals', 'renderer/access', 'renderer/reports', 'renderer/custody', 'renderer/notebooks'] },
  ],
  outside: [
    { file: 'package.json', for: ['backend', 'cli'] },
    { file: 'resources/icon.svg', for: ['node'] },
    { file: 'resources/icon.png', for: ['main'] },
    ...['soc2', 'iso27001', 'pci-dss'].map((name) => ({ file: `resources/controls/${name}.yaml`, for: ['backend/report'] as const })),
  ],
}

const ROOMS = Object.keys(ROWS)
const TREE = readTree(resolve(import.meta.dirname, '../src'))

describe('arrows between rooms', () => {
  it('are those of the table', () => {
    expect(violations(TREE, HOUSE)).toEqual([])
  })

  it('run in no circle', () => {
    expect(roomCycle(TREE, ROOMS)).toBeNull()
  })

  it('are told of rooms that exist', () => {
    const held = new Set([...TREE.keys()].map((file) => roomOf(file, ROOMS)))
    expect(ROOMS.filter((room) => !held.has(room))).toEqual([])
    const doors = ROOMS.filter((room) => TREE.has(`${room}/index.ts`))
    // Whoever is never imported needs no door; a room of one file is its own.
    expect(ROOMS.filter((room) => !doors.includes(room))).toEqual(['backend/ports', 'renderer'])
    expect(HOUSE.sideDoors.filter((door) => !TREE.has(door.file))).toEqual([])
  })

  it('reach Electron from its own two rooms alone', () => {
    const rows: [string, Row][] = Object.entries(ROWS)
    const reaching = rows.filter(([, { packages }]) => packages.includes('electron')).map(([room]) => room)
    expect(reaching).toEqual(['main', 'preload'])
  })
})

/** The doors alone: what else stands in the rooms plays no part here. */
const DOORS = new Map([...TREE.keys()].filter((file) => file.endsWith('/index.ts')).map((file) => [file, '']))

const BAD: { what: string; file: string; text: string; why: string }[] = [
  {
    what: 'a noun that asks the contract',
    file: 'domain/bad.ts',
    text: "import type { View } from '../contract'",
    why: 'domain may not import contract',
  },
  {
    what: 'a pure room that touches Node',
    file: 'language/bad.ts',
    text: "import { join } from 'node:path'",
    why: 'language may not import it',
  },
  {
    what: 'a contract that knows who implements it',
    file: 'contract/bad.ts',
    text: "export type { Ports } from '../backend'",
    why: 'contract may not import backend',
  },
  {
    what: 'a source that writes the store',
    file: 'backend/source/bad.ts',
    text: "import { openWritable } from '../store'",
    why: 'backend/source may not import backend/store',
  },
  {
    what: 'SQL outside the store',
    file: 'backend/query/bad.ts',
    text: "import initSqlJs from 'sql.js/dist/sql-wasm.js'",
    why: 'backend/query may not import it',
  },
  {
    what: 'a room entered past its door',
    file: 'backend/report/bad.ts',
    text: "import { Cache } from '../store/cache'",
    why: 'backend/store is entered by its index.ts',
  },
  {
    what: 'a reader that reaches the import',
    file: 'backend/query/bad.ts',
    text: "export * from '../sync'",
    why: 'backend/query may not import backend/sync',
  },
  {
    what: 'Electron in a plain host',
    file: 'serve/bad.ts',
    text: "export const load = () => import('electron')",
    why: 'serve may not import it',
  },
  {
    what: 'Electron as a type',
    file: 'node/bad.ts',
    text: "export type App = import('electron').App",
    why: 'node may not import it',
  },
  {
    what: 'a preload that reads files',
    file: 'preload/bad.ts',
    text: "const fs = require('node:fs')",
    why: 'preload may not import it',
  },
  {
    what: 'a page that reaches the backend',
    file: 'renderer/timeline/bad.tsx',
    text: "import type { Ports } from '../../backend'",
    why: 'renderer/timeline may not import backend',
  },
  {
    what: 'a feature that knows another',
    file: 'renderer/timeline/bad.tsx',
    text: "import { Sources } from '../sources'",
    why: 'renderer/timeline may not import renderer/sources',
  },
  {
    what: 'a part that knows the features',
    file: 'renderer/shared/bad.tsx',
    text: "import { Timeline } from '../timeline'",
    why: 'renderer/shared may not import renderer/timeline',
  },
  {
    what: 'a package nobody chose',
    file: 'cli/bad.ts',
    text: "import chalk from 'chalk'",
    why: 'cli may not import it',
  },
  {
    what: 'an import that hides its name',
    file: 'main/bad.ts',
    text: 'export const load = (name: string) => import(name)',
    why: 'an import must name what it imports',
  },
  {
    what: 'a file outside the project',
    file: 'backend/bad.ts',
    text: "import notes from '../../../notes.json'",
    why: 'backend may not read it',
  },
  {
    what: 'a test in the product',
    file: 'backend/bad.ts',
    text: "import { readTree } from '../../test/arrows/tree'",
    why: 'backend may not read it',
  },
]

describe('the check finds', () => {
  it.each(BAD)('$what', ({ file, text, why }) => {
    const found = violations(new Map([...DOORS, [file, `${text}\n`]]), HOUSE)
    expect(found).toHaveLength(1)
    expect(found[0]?.startsWith(`${file}: `)).toBe(true)
    expect(found[0]).toContain(why)
  })

  it('a file in no room', () => {
    const tree = new Map([...DOORS, ['helpers/dates.ts', ''], ['loose.ts', '']])
    expect(violations(tree, HOUSE)).toEqual(['helpers/dates.ts: stands in no room', 'loose.ts: stands in no room'])
  })

  it('a circle of rooms', () => {
    const tree = new Map([
      ['domain/index.ts', "import '../contract'"],
      ['language/index.ts', "import '../domain'"],
      ['contract/index.ts', "import type {} from '../language'"],
    ])
    expect(roomCycle(tree, ['domain', 'language', 'contract'])).toEqual(['domain', 'contract', 'language', 'domain'])
  })
})
