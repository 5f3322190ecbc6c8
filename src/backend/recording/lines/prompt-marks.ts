/** Where a shell says that a prompt begins, typing begins, a command runs, and a command has ended. */
export type PromptMark = { at: number; kind: 'prompt' | 'typing' | 'run' | 'ended' | 'text'; text?: string }

const KINDS: Readonly<Record<string, PromptMark['kind']>> = { A: 'prompt', B: 'typing', C: 'run', D: 'ended' }

/**
 * Reads the payload of OSC 133 (shell integration of FinalTerm and iTerm2) or OSC 633 (that of VS Code, which has the
 * text of the command too); null for what says nothing of these.
 */
export function promptMark(at: number, payload: string): PromptMark | null {
  const [letter = '', text] = payload.split(';', 2)
  if (letter === 'E' && text !== undefined) return { at, kind: 'text', text: unescaped(text) }
  const kind = Object.hasOwn(KINDS, letter) ? KINDS[letter] : undefined
  return kind === undefined ? null : { at, kind }
}

function unescaped(text: string): string {
  return text.replace(/\\(?:\\|x([0-9a-f]{2}))/gi, (_, hex: string | undefined) =>
    hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** Commands that shells marked as run: when, and their text where the shell told it. */
export function markedRuns(marks: readonly PromptMark[]): { at: number; text: string | null }[] {
  const runs: { at: number; text: string | null }[] = []
  let text: string | null = null
  for (const mark of marks) {
    if (mark.kind === 'text') text = mark.text ?? null
    if (mark.kind === 'run') runs.push({ at: mark.at, text })
    if (mark.kind === 'run' || mark.kind === 'prompt') text = null
  }
  return runs
}
