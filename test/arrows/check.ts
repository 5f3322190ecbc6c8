import { posix } from 'node:path'
import { parseSync } from 'vite'

/** What one room may import. `packages` may end in `*`; `node:*` is Node itself. */
export type Row = { rooms: readonly string[]; packages: readonly string[] }

export type House = {
  rows: Readonly<Record<string, Row>>
  /** Further ways into a room beside its `index.ts`, and who may take them. */
  sideDoors: readonly { file: string; for: readonly string[] }[]
  /** Files outside `src` that the code reads, and who may. */
  outside: readonly { file: string; for: readonly string[] }[]
}

/** Text of every file, by its path below `src`. */
export type Tree = ReadonlyMap<string, string>

type Import = { file: string; spoken: string; target: string | null }

/** What breaks the table, one line each; empty when the tree keeps to it. */
export function violations(tree: Tree, house: House): string[] {
  const rooms = Object.keys(house.rows)
  const homeless = [...tree.keys()].filter((file) => roomOf(file, rooms) === null).map((file) => `${file}: stands in no room`)
  const wrong = importsOf(tree).flatMap((one) => {
    const why = whyNot(one, house)
    return why === null ? [] : [`${one.file}: ${one.spoken}: ${why}`]
  })
  return [...homeless, ...wrong]
}

/** Rooms that reach themselves through others, in the order of the way; null when there are none. */
export function roomCycle(tree: Tree, rooms: readonly string[]): string[] | null {
  const arrows = new Map<string, Set<string>>(rooms.map((room) => [room, new Set()]))
  for (const { file, target } of importsOf(tree)) {
    const [from, to] = [roomOf(file, rooms), target === null ? null : roomOf(target, rooms)]
    if (from !== null && to !== null && from !== to) arrows.get(from)?.add(to)
  }
  const done = new Set<string>()
  const walk = (room: string, way: string[]): string[] | null => {
    if (way.includes(room)) return [...way.slice(way.indexOf(room)), room]
    if (done.has(room)) return null
    for (const next of arrows.get(room) ?? []) {
      const found = walk(next, [...way, room])
      if (found) return found
    }
    done.add(room)
    return null
  }
  return rooms.map((room) => walk(room, [])).find((found) => found !== null) ?? null
}

/** The room with the longest name that the path begins with; a room can be one file. */
export function roomOf(file: string, rooms: readonly string[]): string | null {
  const holding = rooms.filter((room) => file.startsWith(`${room}/`) || file.replace(/\.tsx?$/, '') === room)
  return holding.toSorted((a, b) => b.length - a.length)[0] ?? null
}

function whyNot({ file, spoken, target }: Import, { rows, sideDoors, outside }: House): string | null {
  const rooms = Object.keys(rows)
  const room = roomOf(file, rooms)
  const row = room === null ? undefined : rows[room]
  if (room === null || row === undefined) return null
  if (spoken === COMPUTED) return 'an import must name what it imports'
  if (target === null) return row.packages.some((known) => isPackage(spoken, known)) ? null : `${room} may not import it`
  if (target.startsWith('../')) {
    const allowed = outside.some((known) => target === `../${known.file}` && known.for.includes(room))
    return allowed ? null : `${room} may not read it`
  }
  const other = roomOf(target, rooms)
  if (other === room) return null
  if (other === null || !row.rooms.includes(other)) return `${room} may not import ${other ?? 'what stands in no room'}`
  const isDoor = target === `${other}/index.ts` || target === `${other}.ts`
  const isSideDoor = sideDoors.some((door) => target === door.file && door.for.includes(room))
  return isDoor || isSideDoor ? null : `${other} is entered by its index.ts`
}

function isPackage(spoken: string, known: string): boolean {
  if (known.endsWith('*')) return spoken.startsWith(known.slice(0, -1))
  return spoken === known || spoken.startsWith(`${known}/`)
}

/** Stands for the name of an import that is computed. */
const COMPUTED = 'import(...)'

function importsOf(tree: Tree): Import[] {
  return [...tree].flatMap(([file, text]) =>
    isCode(file) ? spokenIn(file, text).map((spoken) => ({ file, spoken, target: targetOf(file, spoken, tree) })) : [],
  )
}

function isCode(file: string): boolean {
  return /\.tsx?$/.test(file)
}

/** The file a relative import means; null for a package. */
function targetOf(file: string, spoken: string, tree: Tree): string | null {
  if (!spoken.startsWith('.')) return null
  const path = posix.normalize(posix.join(posix.dirname(file), spoken.replace(/\?.*$/, '')))
  const ends = ['', '.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx']
  return ends.map((end) => path + end).find((candidate) => tree.has(candidate)) ?? path
}

/** Every module a file names: static, dynamic and type-only imports and re-exports. */
function spokenIn(file: string, text: string): string[] {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const spoken: string[] = []
  visit(program, spoken)
  return spoken
}

function visit(node: unknown, spoken: string[]): void {
  if (Array.isArray(node)) return node.forEach((one) => visit(one, spoken))
  if (typeof node !== 'object' || node === null) return
  const { type, source, argument, callee, arguments: given } = node as Record<string, unknown>
  if (typeof type === 'string' && /^(Import|Export)\w*Declaration$/.test(type) && source) spoken.push(nameIn(source))
  if (type === 'ImportExpression' || type === 'TSImportType') spoken.push(nameIn(source ?? argument))
  if (type === 'TSExternalModuleReference') spoken.push(nameIn((node as Record<string, unknown>)['expression']))
  if (type === 'CallExpression' && (callee as { name?: unknown }).name === 'require') spoken.push(nameIn((given as unknown[])[0]))
  for (const value of Object.values(node)) visit(value, spoken)
}

function nameIn(node: unknown): string {
  const { type, value, literal } = (node ?? {}) as { type?: string; value?: unknown; literal?: unknown }
  if (type === 'TSLiteralType') return nameIn(literal)
  return typeof value === 'string' ? value : COMPUTED
}
