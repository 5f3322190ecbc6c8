const DEEPEST = 32
const MOST_TEXTS = 10_000

/**
 * Every text, number and truth value of a JSON value under a dotted path; names that hold dots themselves come first, and
 * lists stand for each of their elements. An object or an empty list is there without a text: it gives ''.
 */
export function jsonTexts(value: unknown, path: readonly string[]): string[] {
  const texts: string[] = []
  collect({ value, path, texts, depth: 0 })
  return texts
}

type Search = { value: unknown; path: readonly string[]; texts: string[]; depth: number }

/** Whether the path led anywhere. */
function collect({ value, path, texts, depth }: Search): boolean {
  if (depth > DEEPEST || texts.length >= MOST_TEXTS) return false
  if (Array.isArray(value)) {
    let found = false
    for (const element of value) found = collect({ value: element, path, texts, depth: depth + 1 }) || found
    return found
  }
  if (path.length === 0) return take(value, texts)
  if (!isObject(value)) return false
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).join('.')
    if (!Object.hasOwn(value, name)) continue
    if (collect({ value: value[name], path: path.slice(length), texts, depth: depth + 1 })) return true
  }
  return false
}

function take(value: unknown, texts: string[]): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'string') texts.push(value)
  else texts.push(typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')
  return true
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
