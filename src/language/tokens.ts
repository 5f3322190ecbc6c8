import { ExternalTokenizer, type InputStream } from '@lezer/lr'
import { Missing, Regex } from './query.grammar.terms'

const END = -1
const BACKSLASH = 0x5c
const COLON = 0x3a
const QUOTE = 0x22
const SLASH = 0x2f

const isSpace = (code: number) => code !== END && /\s|\u0085/.test(String.fromCharCode(code))
const isDelimiter = (code: number) => code === END || code === 0x28 || code === 0x29 || isSpace(code)
const isWord = (code: number) => code !== END && /[\p{L}\p{N}_]/u.test(String.fromCharCode(code))
const isFlag = (code: number) => code === 0x67 || code === 0x69 || code === 0x6d

// `/usr/bin/sudo` is a path and `/usr/i` a regular expression: what follows the second slash decides. After white space
// a quote or `name:` ends the attempt, so that `command:/tmp command:/etc/` stays two paths.
function regexEnd(input: InputStream): number | null {
  let at = 1
  let spaced = false
  for (let before = END; ; ) {
    const code = input.peek(at)
    if (code === END || (spaced && (code === QUOTE || (code === COLON && isWord(before))))) return null
    if (code === SLASH) break
    if (code === BACKSLASH && input.peek(at + 1) === END) return null
    if (isSpace(code)) spaced = true
    before = code
    at += code === BACKSLASH ? 2 : 1
  }
  if (at === 1) return null
  at++
  for (let flags = 0; flags < 3 && isFlag(input.peek(at)); flags++) at++
  return isDelimiter(input.peek(at)) ? at : null
}

/** `/.../` with flags, where it can be nothing else; everything but `i` is refused later, with a message. */
export const regexToken = new ExternalTokenizer((input) => {
  if (input.next !== SLASH) return
  const end = regexEnd(input)
  if (end !== null) input.acceptToken(Regex, end)
})

/** Stands, with no width, where a value or a term should be. */
export const missingToken = new ExternalTokenizer((input) => {
  if (input.next === 0x29 || (input.next !== 0x28 && isDelimiter(input.next))) input.acceptToken(Missing)
})
