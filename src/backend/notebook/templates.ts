import type { CellContent, NotebookTemplate } from '../../contract'
import type { Instant, TimeRange } from '../../domain'

export type Filling = {
  range: TimeRange | null
  /** Accounts, or machines, that it is about. */
  names: readonly string[]
  now: Instant
}

export type Filled = { range: TimeRange | null; contents: CellContent[] }

/** What a new notebook begins with; range and names stand in its queries. */
export function fromTemplate(template: NotebookTemplate, filling: Filling): Filled {
  switch (template) {
    case 'blank':
      return { range: filling.range, contents: [] }
    case 'failed-sign-ins':
      return { range: filling.range, contents: failedSignIns(filling) }
    case 'approvals-quarter': {
      const range = filling.range ?? quarterBefore(filling.now)
      return { range, contents: approvals({ ...filling, range }) }
    }
    case 'account-window':
      return { range: filling.range, contents: account(filling) }
    case 'server-reach':
      return { range: filling.range, contents: reach(filling) }
  }
}

const SIGN_IN = 'category:authentication action:login'

function failedSignIns({ range, names }: Filling): CellContent[] {
  const cell = cells(range, term('user', names))
  return [
    text('## What is asked', 'Which accounts failed to sign in, from which addresses, and did any of them get in afterwards?'),
    cell.chart('Failed sign-ins over time', `${SIGN_IN} outcome:failure`, null),
    cell.chart('Failed sign-ins by account', `${SIGN_IN} outcome:failure`, 'user'),
    cell.chart('Failed sign-ins by address', `${SIGN_IN} outcome:failure`, 'ip'),
    cell.query('Failed sign-ins', `${SIGN_IN} outcome:failure`),
    cell.query('Sign-ins that worked', `${SIGN_IN} outcome:success`),
    cell.query('Changes of accounts and tokens', 'category:(account token)'),
    text('## What was found', 'One finding for each account or address that matters, citing its events. Where nothing was found, add a negative finding with the query that looked for it.'),
    text('## What is left open', '- Were the accounts that failed asked whether it was them?', '- Is every list of the servers complete over this time?'),
  ]
}

function approvals({ range, names }: Filling): CellContent[] {
  const cell = cells(range, term('user', names))
  return [
    text('## What is asked', 'Who asked for access in this quarter, who let them in, and was every access covered by an approval?'),
    cell.chart('Requests and decisions over time', 'category:approval', null),
    cell.chart('Requests and decisions by person', 'category:approval', 'user'),
    cell.query('Requests and decisions', 'category:approval'),
    cell.query('Refused', 'category:approval outcome:failure'),
    cell.query('Events that name an approval', 'approval:* NOT category:approval'),
    cell.query('Changes of privileges', 'category:privilege'),
    text('## What was checked', '- Nobody approved their own request.', '- No access went on after its approval had ended.', '- Access without an approval has a reason that is written down.'),
    text('## Conclusion', 'State how many requests and accesses were looked at, which of them were sampled, and what was found.'),
  ]
}

function account({ range, names }: Filling): CellContent[] {
  const who = names.length > 0 ? names : ['ACCOUNT']
  const cell = cells(range, '')
  const user = term('user', who)
  const asked = names.length > 0 ? `What did ${names.join(', ')} do in this window?` : 'What did this account do in this window? Put its name in place of ACCOUNT in the queries below.'
  return [
    text('## What is asked', asked),
    cell.chart('Activity over time', user, null),
    cell.chart('Activity by machine', user, 'machine'),
    cell.query('Sign-ins', `${user} category:authentication`),
    cell.query('Commands', `${user} category:(command sudo)`),
    cell.query('Files', `${user} category:file`),
    cell.query('Privileges, accounts and tokens changed by it', `${user} category:(privilege account token)`),
    cell.query('What was done to it', term('target', who)),
    text('## What was found', 'One finding for each claim, citing the events that show it.'),
  ]
}

function reach({ range, names }: Filling): CellContent[] {
  const cell = cells(range, term('machine', names))
  return [
    text('## What is asked', names.length > 0 ? `Who reached ${names.join(', ')}, when, and with which rights?` : 'Who reached which servers, when, and with which rights?'),
    cell.chart('Who got in', 'category:(authentication session) outcome:success', 'user'),
    cell.chart('Which machines were reached', 'category:(authentication session) outcome:success machine:*', 'machine'),
    cell.query('Sessions and sign-ins', 'category:(authentication session) outcome:success'),
    cell.query('Refused', 'category:(authentication session) outcome:failure'),
    cell.query('With the rights of an administrator', 'category:sudo'),
    cell.query('Requests for access', 'category:approval'),
    text('## What was found', 'Name those who reached a machine and should not have, and those whose access nothing approves.'),
  ]
}

function cells(range: TimeRange | null, also: string) {
  const view = (query: string) => ({ query: [query, also].filter((part) => part !== '').join(' '), range, order: 'desc' as const })
  return {
    query: (title: string, query: string): CellContent => ({ kind: 'query', title, view: view(query), frozen: null }),
    chart: (title: string, query: string, by: string | null): CellContent => ({ kind: 'chart', title, view: view(query), by, frozen: null }),
  }
}

function text(...paragraphs: string[]): CellContent {
  return { kind: 'text', text: paragraphs.reduce((all, one) => `${all}${one.startsWith('-') && all.includes('\n- ') ? '\n' : '\n\n'}${one}`) }
}

function term(field: string, values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value))
  if (quoted.length === 0) return ''
  return quoted.length === 1 ? `${field}:${quoted.join('')}` : `${field}:(${quoted.join(' ')})`
}

/** The last whole quarter of a year in UTC. */
function quarterBefore(now: Instant): TimeRange {
  const date = new Date(now)
  const month = Math.floor(date.getUTCMonth() / 3) * 3
  return { from: Date.UTC(date.getUTCFullYear(), month - 3), to: Date.UTC(date.getUTCFullYear(), month) }
}
