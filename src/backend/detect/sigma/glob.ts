// Texts of Sigma rules with `*` and `?`, in linear or at worst quadratic time, since both rule and text are hostile.
// https://github.com/SigmaHQ/sigma-specification (2.1), "Wildcards" and "Escaping".

const STAR = -1
const ONE = -2
/** Any of the dashes that Windows programs take for one. */
const DASH = -3
const DASHES = '-/\u2013\u2014\u2015'

/** UTF-16 units, or one of the marks above. */
export type Glob = readonly number[]

/** `*` any run, `?` one character; `\*`, `\?` and `\\` stand for themselves; another `\` is a plain character. */
export function parseGlob(text: string): Glob {
  const glob: number[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    const next = text[at + 1]
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      glob.push(text.charCodeAt(++at))
    } else if (character === '*') glob.push(STAR)
    else if (character === '?') glob.push(ONE)
    else glob.push(text.charCodeAt(at))
  }
  return glob
}

export function literalGlob(text: string): Glob {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}

export function withStars(glob: Glob, { before, after }: { before: boolean; after: boolean }): Glob {
  return [...(before ? [STAR] : []), ...glob, ...(after ? [STAR] : [])]
}

/** A dash or slash that begins a word may be any dash. */
export function withDashes(glob: Glob): Glob {
  return glob.map((unit, at) => (isDash(unit) && !isWord(glob[at - 1]) && isWord(glob[at + 1]) ? DASH : unit))
}

/** The text itself, where it has no wildcards. */
export function literalOf(glob: Glob): string | null {
  return glob.every((unit) => unit >= 0) ? String.fromCharCode(...glob) : null
}

/** The longest text that whatever matches must contain; empty where there is none. */
export function longestLiteral(glob: Glob): string {
  let best = ''
  let run = ''
  for (const unit of [...glob, STAR]) {
    if (unit >= 0) run += String.fromCharCode(unit)
    else {
      if (run.length > best.length) best = run
      run = ''
    }
  }
  return best
}

/** A test of whole texts. */
export function globTest(glob: Glob, cased: boolean): (text: string) => boolean {
  const units = cased ? glob : loweredGlob(glob)
  const test = plainTest(units) ?? ((text: string) => matches(units, text))
  return cased ? test : (text) => test(text.toLowerCase())
}

/** By runs, since what a character becomes can depend on its neighbours. */
export function loweredGlob(glob: Glob): Glob {
  const lowered: number[] = []
  let run = ''
  for (const unit of glob) {
    if (unit >= 0) run += String.fromCharCode(unit)
    else {
      lowered.push(...literalGlob(run.toLowerCase()), unit)
      run = ''
    }
  }
  return [...lowered, ...literalGlob(run.toLowerCase())]
}

/** The common forms, by what the engine is fastest at. */
function plainTest(glob: Glob): ((text: string) => boolean) | null {
  const before = glob[0] === STAR
  const after = glob.length > 1 && glob.at(-1) === STAR
  const inner = glob.slice(before ? 1 : 0, after ? -1 : undefined)
  const literal = literalOf(inner)
  if (literal === null) return null
  if (before && after) return (text) => text.includes(literal)
  if (before) return (text) => text.endsWith(literal)
  return after ? (text) => text.startsWith(literal) : (text) => text === literal
}

/** Tries again from the last star alone, which is enough: an earlier one could only take what the last can. */
function matches(glob: Glob, text: string): boolean {
  let inGlob = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < text.length) {
    const unit = glob[inGlob]
    if (unit === STAR) {
      star = inGlob++
      starAt = at
    } else if (unit !== undefined && matchesOne(unit, text, at)) {
      inGlob++
      at++
    } else if (star >= 0) {
      inGlob = star + 1
      at = ++starAt
    } else return false
  }
  while (glob[inGlob] === STAR) inGlob++
  return inGlob === glob.length
}

function matchesOne(unit: number, text: string, at: number): boolean {
  if (unit === ONE) return true
  return unit === DASH ? DASHES.includes(text[at] ?? '') : unit === text.charCodeAt(at)
}

function isDash(unit: number): boolean {
  return unit === 45 || unit === 47
}

function isWord(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0 && /\w/.test(String.fromCharCode(unit))
}
