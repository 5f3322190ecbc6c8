import { characterKinds, StepMachine, toProgram } from './pattern-machine'
import { parsePattern } from './pattern-parse'

export { PatternFault } from './pattern-parse'

/** Finds the next match in text folded by `fold`, at `from` or later: the first one, as long as it can be. */
export type Matcher = (text: string, from: number) => { from: number; to: number } | null

/**
 * Makes a matcher that does not tell upper case from lower. Time grows with the text, whatever the pattern.
 * @throws PatternFault
 */
export function compilePattern(source: string): Matcher {
  const pattern = parsePattern(source)
  const forward = toProgram(pattern, false)
  const kinds = characterKinds(forward)
  const floating = new StepMachine(forward, kinds, true)
  const anchored = new StepMachine(forward, kinds, false)
  const backward = new StepMachine(toProgram(pattern, true), kinds, false)
  return (text, from) => {
    const firstEnd = floating.firstEnd(text, from)
    if (firstEnd < 0) return null
    const start = backward.farthest(text, firstEnd, from)
    // The line feed that stands for the end of the line is not in the match.
    const end = anchored.farthest(text, start, text.length + 1)
    return { from: start + (pattern.fromLineStart ? 1 : 0), to: end - (pattern.toLineEnd ? 1 : 0) }
  }
}
