/**
 * What a recording tried to make the terminal do beyond drawing. `answer`: to send something back to the program;
 * `window`: to move, resize or name the window; `transfer`: to send or fetch files; `setting`: font or pointer.
 */
export const ATTEMPT_KINDS = [
  'title',
  'cwd',
  'prompt',
  'link',
  'clipboard',
  'notification',
  'image',
  'colour',
  'answer',
  'window',
  'print',
  'transfer',
  'setting',
  'other',
] as const
export type AttemptKind = (typeof ATTEMPT_KINDS)[number]

/**
 * `text`: the title, the folder as written, the prompt's letter and what follows, the target of a link, else what the
 * sequence held; cut at `MOST_ATTEMPT_TEXT`. Hostile text: never markup, never a link.
 */
export type Attempt = { kind: AttemptKind; text: string }

const TITLES = [0, 1, 2]
const PROMPTS = [133, 633]
const NOTIFICATIONS = [9, 99, 777]
const COLOURS = [4, 5, 21, ...range(10, 19), 104, 105, 106, ...range(110, 119)]
const SETTINGS = [22, 50]
const OTHERS = [51, 176, 697]
const CWD = 7
const LINK = 8
const CLIPBOARD = 52
const ITERM = 1337
const TRANSFER = 5113
/** kitty's own clipboard. */
const KITTY_CLIPBOARD = 5522

const BY_NUMBER = new Map<number, AttemptKind>([
  ...TITLES.map((number) => [number, 'title'] as const),
  ...PROMPTS.map((number) => [number, 'prompt'] as const),
  ...NOTIFICATIONS.map((number) => [number, 'notification'] as const),
  ...COLOURS.map((number) => [number, 'colour'] as const),
  ...SETTINGS.map((number) => [number, 'setting'] as const),
  ...OTHERS.map((number) => [number, 'other'] as const),
  [CWD, 'cwd'],
  [LINK, 'link'],
  [CLIPBOARD, 'clipboard'],
  [ITERM, 'other'],
  [TRANSFER, 'transfer'],
  [KITTY_CLIPBOARD, 'clipboard'],
])

/** The operating system commands (OSC) that some terminal obeys. */
export const OSC_NUMBERS: readonly number[] = [...BY_NUMBER.keys()]

/** What the OSC of that number with that payload asks for; null for the end of a link. */
export function oscAttempt(number: number, payload: string): Attempt | null {
  if (number === LINK) return linkAttempt(payload)
  if (number === ITERM) return itermAttempt(payload)
  const kind = BY_NUMBER.get(number) ?? 'other'
  if (kind === 'colour' && /(?:^|[;=])\?/.test(payload)) return { kind: 'answer', text: `OSC ${number} ${payload}` }
  return { kind, text: payload }
}

/** `params ; URI`: an empty URI ends the link. */
function linkAttempt(payload: string): Attempt | null {
  const separator = payload.indexOf(';')
  const target = payload.slice(separator + 1)
  return separator === -1 || target === '' ? null : { kind: 'link', text: target }
}

/** https://iterm2.com/documentation-escape-codes.html */
function itermAttempt(payload: string): Attempt {
  const separator = payload.indexOf('=')
  const key = separator === -1 ? payload : payload.slice(0, separator)
  switch (key) {
    case 'CurrentDir':
      return { kind: 'cwd', text: payload.slice(separator + 1) }
    case 'File':
    case 'MultipartFile':
    case 'FilePart':
      return { kind: 'image', text: payload }
    case 'Copy':
    case 'CopyToClipboard':
    case 'EndCopy':
      return { kind: 'clipboard', text: payload }
    case 'RequestAttention':
      return { kind: 'notification', text: payload }
    case 'ReportCellSize':
    case 'ReportVariable':
      return { kind: 'answer', text: `OSC 1337 ${payload}` }
    default:
      return { kind: 'other', text: payload }
  }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
