const MOST_PROMPT = 200
const MOST_TRIES = 8
const PROMPT_ENDS = '$#%>❯➜»λ'

const COMMON_FORMS: readonly RegExp[] = [
  /^(?:\([^()]{1,40}\) )?[\w.-]{1,64}@[\w.-]{1,64}[: ][^$#%>]{0,120}[$#%>] ?/,
  /^\[[\w.-]{1,64}@[\w.-]{1,64} [^\]]{0,120}\][$#%] ?/,
  /^(?:ba|z|k|da)?sh(?:-\d[\d.]{0,10})?[$#%] /,
]
/** Many a line of output begins so too. */
const WEAK_FORM = /^[$#%❯➜»λ] /

/** Tells a prompt from what was typed after it. */
export type Prompts = {
  /** Length of the prompt that the line begins with, or 0. `isTyped`: the line grew while it was shown. */
  lengthIn: (line: string, isTyped: boolean) => number
}

/** Prompts like those before commands that are known to be typed; common ones where none are. */
export function learnPrompts(known: readonly string[]): Prompts {
  const forms = new Map<string, number>()
  for (const prompt of known) {
    const form = formOf(prompt)
    if (form !== null) forms.set(form, (forms.get(form) ?? 0) + 1)
  }
  // One in fifty is a line of output that happens to end with a command.
  const least = known.length / 50
  const learned = new Set([...forms].filter(([, count]) => count >= least).map(([form]) => form))
  if (learned.size === 0) return { lengthIn: commonLength }
  const ends = new Set([...learned].map((form) => form.trimEnd().at(-1) ?? ''))
  return { lengthIn: (line) => learnedLength(line, learned, ends) }
}

/** The words of a prompt change: directory, host, branch. What stands between them does not. */
function formOf(prompt: string): string | null {
  if (prompt.length > MOST_PROMPT) return null
  const form = prompt.replace(/[\p{L}\p{N}_.~/-]+/gu, 'w')
  const end = form.trimEnd().at(-1)
  return end === undefined || end === 'w' ? null : form
}

function learnedLength(line: string, forms: ReadonlySet<string>, ends: ReadonlySet<string>): number {
  let tries = 0
  for (let at = 0; at < Math.min(line.length, MOST_PROMPT) && tries < MOST_TRIES; at++) {
    if (!ends.has(line.charAt(at))) continue
    tries++
    let length = at + 1
    while (line.charAt(length) === ' ') length++
    if (forms.has(formOf(line.slice(0, length)) ?? '')) return length
  }
  return 0
}

function commonLength(line: string, isTyped: boolean): number {
  const start = line.slice(0, MOST_PROMPT)
  for (const form of COMMON_FORMS) {
    const found = form.exec(start)
    if (found !== null) return found[0].length
  }
  return isTyped ? (WEAK_FORM.exec(start)?.[0].length ?? 0) : 0
}

/** Whether a text reads like a prompt, whatever its form. */
export function endsLikePrompt(text: string): boolean {
  return PROMPT_ENDS.includes(text.trimEnd().at(-1) ?? ' ')
}
