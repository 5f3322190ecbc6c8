// A line typed to a shell as the simple commands it runs, near enough for rules about processes. Nothing is expanded.

/** `line` begins with the program; `image` is its path. */
export type SimpleCommand = { image: string; line: string }

const LONGEST_LINE = 16_384
const MOST_PARTS = 64

/** Programs that run the one that follows them. */
const WRAPPERS: ReadonlySet<string> = new Set(['sudo', 'env', 'nohup', 'time', 'exec', 'busybox', 'command'])
/** Their options that take the next word. */
const WITH_VALUE: Readonly<Record<string, string>> = { sudo: 'ugpChrtTRD', env: 'uCS', time: 'fo', exec: 'a' }

export function simpleCommands(line: string): SimpleCommand[] {
  const found: SimpleCommand[] = []
  for (const part of splitLine(line.slice(0, LONGEST_LINE))) {
    const command = withoutWrappers(part)
    const program = firstWord(command)
    // What closes a group is no program.
    if (!/\w/.test(program)) continue
    found.push({ image: program.includes('/') ? program : `/usr/bin/${program}`, line: command })
    if (found.length >= MOST_PARTS) break
  }
  return found
}

/** Splits at `;`, `&`, `|` and line feeds that stand in no quotes. */
function splitLine(line: string): string[] {
  const parts: string[] = []
  let from = 0
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    if (character === '\\' && quote !== "'") at++
    else if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === "'" || character === '"') quote = character
    else if (isEnd(line, at)) {
      parts.push(line.slice(from, at))
      from = at + 1
    }
  }
  parts.push(line.slice(from))
  return parts
}

/** `2>&1`, `&>file` and `>|` end no command. */
function isEnd(line: string, at: number): boolean {
  const character = line[at]
  if (character === ';' || character === '\n') return true
  if (character === '|') return line[at - 1] !== '>'
  return character === '&' && line[at - 1] !== '>' && line[at - 1] !== '<' && line[at + 1] !== '>'
}

const ASSIGNMENT = /^[A-Za-z_]\w*=(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])*(?:\s+|$)/

function withoutWrappers(part: string): string {
  let rest = part.trim().replace(/^[({!\s]+/, '')
  // Each turn takes a word at least.
  for (let turns = 0; turns < MOST_PARTS; turns++) {
    const assignment = ASSIGNMENT.exec(rest)
    if (assignment) {
      rest = rest.slice(assignment[0].length)
      continue
    }
    const word = firstWord(rest)
    const name = word.slice(word.lastIndexOf('/') + 1)
    if (!WRAPPERS.has(name)) return rest
    const inner = withoutOptions(rest.slice(word.length).trimStart(), WITH_VALUE[name] ?? '')
    if (inner === '') return rest
    rest = inner
  }
  return rest
}

function withoutOptions(text: string, withValue: string): string {
  let rest = text
  for (let turns = 0; turns < MOST_PARTS && rest.startsWith('-'); turns++) {
    const option = firstWord(rest)
    rest = rest.slice(option.length).trimStart()
    if (option === '--') break
    if (option.length === 2 && withValue.includes(option[1] ?? ' ')) rest = rest.slice(firstWord(rest).length).trimStart()
  }
  return rest
}

function firstWord(text: string): string {
  const end = text.search(/\s/)
  return end < 0 ? text : text.slice(0, end)
}
