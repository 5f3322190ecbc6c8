import type { Actor, AuditEvent, Thing } from './audit-event'

type Bare = Omit<AuditEvent, 'key'>

/** Kinds of things that a name alone stands for. */
const PLAIN_KINDS = new Set(['host', 'machine'])

export function actorLabel(actor: Actor | undefined): string | null {
  return actor?.name ?? actor?.email ?? actor?.id ?? null
}

export function thingLabel(thing: Thing | undefined): string | null {
  const name = thing?.name ?? thing?.id
  if (name === undefined) return null
  return thing?.kind === undefined || PLAIN_KINDS.has(thing.kind) ? name : `${thing.kind}/${name}`
}

/** What a table shows under "What happened": first words as a machine wrote them, then the rest. */
export function rowText(event: Bare): { lead: string; detail: string } {
  if (event.command !== undefined) return { lead: event.command, detail: event.reason ?? '' }
  const raw = event.actionRaw || event.action
  const lead = event.action === 'session' ? `session ${raw}` : raw
  const changes = event.changes?.map((change) => `${change.old ?? '∅'} → ${change.new ?? '∅'}`) ?? []
  const facts = [...changes, event.reason, event.authMethod, event.ip]
    .filter((fact) => fact !== undefined)
    .filter((fact) => !lead.toLowerCase().includes(fact.toLowerCase()))
  const detail = facts.length > 0 ? facts.join(' · ') : restAfter(event.attributes['message'] ?? '', lead)
  return { lead, detail }
}

/** What a message says beyond its first words. */
function restAfter(message: string, lead: string): string {
  const at = message.indexOf(lead)
  return at < 0 ? message : message.slice(at + lead.length).replace(/^[\s:;,.]+/, '')
}

/** One sentence saying what happened, for people; texts of the log stand in it as they are. */
export function sentence(event: Bare): string {
  const who = actorLabel(event.actor)
  const where = thingLabel(event.machine)
  const times = event.repeat > 1 ? `, ${event.repeat} times` : ''
  return `${event.category === 'approval' ? requestSubject(event, who) : subject(event, who)}${where === null ? '' : ` on ${where}`}${event.ip === undefined ? '' : ` from ${event.ip}`}${times}`
}

function subject(event: Bare, who: string | null): string {
  const as = who === null ? '' : ` as ${who}`
  const by = who === null ? '' : ` by ${who}`
  switch (event.action) {
    case 'login':
      if (event.outcome === 'failure') return `Failed sign-in${as}`
      return event.outcome === 'success' ? `Signed in${as}` : `Sign-in${as}`
    case 'login_limit':
      return `Too many failed sign-ins${as}`
    case 'session_open':
    case 'session_close':
    case 'session':
      return sessionSubject(event, who)
    case 'execute':
      return `${who ?? 'Somebody'} ran ${event.command ?? 'a command'}`
    case 'sudo':
      return sudoSubject(event, who)
    default: {
      const target = thingLabel(event.target)
      return `${sentenceCase(event.actionRaw || event.action)}${target === null ? '' : `: ${target}`}${by}`
    }
  }
}

function sessionSubject(event: Bare, who: string | null): string {
  const state = { session_open: 'opened', session_close: 'closed' }[event.action] ?? event.actionRaw
  return `Session ${state}${who === null ? '' : ` for ${who}`}`
}

/** A request is by who made it, whatever was decided. */
function requestSubject({ actionRaw, approver }: Bare, who: string | null): string {
  return `Request for access${who === null ? '' : ` by ${who}`}, ${actionRaw}${approver === undefined ? '' : ` (${approver})`}`
}

function sudoSubject(event: Bare, who: string | null): string {
  const verb = event.outcome === 'failure' ? 'was refused' : 'ran'
  const what = event.command ?? 'a command'
  return `${who ?? 'Somebody'} ${verb} ${what}${event.onBehalf === undefined ? '' : ` as ${event.onBehalf}`}`
}

function sentenceCase(text: string): string {
  const words = text.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
