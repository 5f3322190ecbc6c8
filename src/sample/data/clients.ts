import { pick } from './random'

export type Client = { agent: string; browser: string; os: string; source: 'ui' | 'cli' | 'vscode' }

const CHROME = (version: number) => `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`

const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'

const BROWSERS: readonly Client[] = [
  ui('Chrome 141', 'Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME(141)}`),
  ui('Chrome 142', 'macOS', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME(142)}`),
  ui('Firefox 144', 'Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0'),
  ui('Firefox 143', 'Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0'),
  ui('Edge 141', 'Windows', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME(141)} Edg/141.0.0.0`),
  ui('Safari 18', 'macOS', `Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) ${SAFARI}`),
]

const OTHERS: readonly Client[] = [
  { agent: 'vsay-cli/1.4.2 (linux; amd64)', browser: '', os: 'Linux', source: 'cli' },
  { agent: 'vsay-cli/1.5.0 (darwin; arm64)', browser: '', os: 'macOS', source: 'cli' },
  { agent: 'WebXTerm-vscode/0.9.7 vscode/1.105.0', browser: '', os: 'Windows', source: 'vscode' },
]

/** What programs of strangers call themselves. */
export const ODD_AGENTS: readonly string[] = [
  'python-requests/2.32.3',
  'Go-http-client/2.0',
  'Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.88 Safari/537.36',
]

function ui(browser: string, os: string, agent: string): Client {
  return { agent, browser, os, source: 'ui' }
}

/** The program a person of these habits uses for the thing with this hash: nearly always the same one. */
export function clientOf(habit: number, hash: number): Client {
  if (hash % 5 === 0) return pick(OTHERS, habit >>> 3)
  return pick(BROWSERS, hash % 17 === 1 ? hash >>> 5 : habit)
}

export const SERVICE_CLIENT = OTHERS[0] as Client

const SOURCE_NAMES = { ui: 'Web Terminal', cli: 'Shell CLI', vscode: 'VSCode Extension' } as const

/** The documentation calls programs by these names in command logs. */
export function sourceName(source: Client['source']): string {
  return SOURCE_NAMES[source]
}
