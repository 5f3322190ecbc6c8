/** What stands where a secret was. */
export const REDACTED = '«redacted»'

type Pattern = readonly [pattern: RegExp, replacement: string]

// Every pattern reads a text once: no two parts next to each other can take the same characters.
const PATTERNS: readonly Pattern[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, REDACTED],
  // Keys of AWS, tokens of GitHub, GitLab, Slack and the like, JSON Web Tokens.
  [/\b(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}\b/g, REDACTED],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[a-z]-[\w-]{10,}|sk-[\w-]{20,})/g, REDACTED],
  [/\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, REDACTED],
  [/\b(bearer|basic)(\s+)[\w.~+/=-]{8,}/gi, `$1$2${REDACTED}`],
  // Passwords in addresses: https://user:password@host
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:@/]{0,200}:)[^\s@/]{1,400}@/gi, `$1${REDACTED}@`],
  // password=value, "token": "value", --secret value
  [
    /((?:passw(?:or)?d|passphrase|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)\w{0,20}["']?\s?[=:]\s?)("[^"]*"?|'[^']*'?|[^\s&;,'"]+)/gi,
    `$1${REDACTED}`,
  ],
  [/(--?(?:passw(?:or)?d|passphrase|passwd|pwd|pass|secret|token|api-?key)\s)("[^"]*"?|'[^']*'?|[^\s'"]+)/gi, `$1${REDACTED}`],
  [/\b(aws_(?:secret_access_key|session_token)\s)(\S+)/gi, `$1${REDACTED}`],
  [/\b((?:mysql|mysqldump|mariadb)\b[^|;&\n]{0,200}?\s-p)([^\s'"]+)/g, `$1${REDACTED}`],
]

/** The text with what looks like a key, a token or a password taken out. */
export function withoutSecrets(text: string): string {
  return PATTERNS.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text)
}
