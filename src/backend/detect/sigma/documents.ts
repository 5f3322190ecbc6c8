import { parseAllDocuments } from 'yaml'

/** Characters of one file of rules. */
export const LONGEST_FILE = 1024 * 1024
/** Times that one document may say the same by `*name`, so that a small file does not become a large rule. */
const MOST_ALIASES = 100

export type RuleFile = { place: string; text: string }

/** One document of a file: what it says, or why that cannot be read. */
export type RuleDocument = { place: string; value: unknown; fault: string | null }

/** Reads YAML 1.2. Never throws. */
export function readDocuments({ place, text }: RuleFile): RuleDocument[] {
  const bad = (fault: string): RuleDocument => ({ place, value: null, fault })
  if (text.length > LONGEST_FILE) return [bad(`the file is larger than ${LONGEST_FILE} characters`)]
  try {
    const documents = parseAllDocuments(text, { intAsBigInt: true, logLevel: 'error', prettyErrors: true })
    if (!Array.isArray(documents)) return []
    return documents.flatMap((document): RuleDocument[] => {
      const [error] = document.errors
      if (error) return [bad(firstLine(error.message))]
      try {
        const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES })
        // Nothing between two `---`.
        return value === null ? [] : [{ place, value, fault: null }]
      } catch (error) {
        return [bad(wordsOf(error))]
      }
    })
  } catch (error) {
    return [bad(wordsOf(error))]
  }
}

/** The parser calls itself for what is nested, and says so by running out of stack. */
function wordsOf(error: unknown): string {
  if (error instanceof RangeError) return 'the document is nested too deep'
  return error instanceof Error ? firstLine(error.message) : String(error)
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/:$/, '')
}
