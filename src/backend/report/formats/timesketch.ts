import { actorLabel, formatInstant, sentence, thingLabel } from '../../../domain'
import type { Format } from './format'
import { present, rawText } from './text'

/** `message`, `datetime` and `timestamp_desc` are what Timesketch asks of a line; `timestamp` is in microseconds. */
export const timesketch: Format = {
  extension: 'timesketch.jsonl',
  line({ event, origin, raw, rawSha256 }) {
    const { key, time, category, action, actionRaw, outcome, reason, severity, actor, machine, target, attributes, repeat } = event
    const line = present({
      message: sentence(event),
      datetime: formatInstant(time).replace('Z', '+00:00'),
      timestamp: time * 1000,
      timestamp_desc: 'Event Logged',
      data_type: `recount:${origin.kind}:${origin.stream}`,
      event_key: key,
      category,
      action,
      action_raw: actionRaw,
      outcome,
      reason,
      severity,
      username: actorLabel(actor) ?? undefined,
      user_id: actor?.id,
      hostname: thingLabel(machine) ?? undefined,
      target: thingLabel(target) ?? undefined,
      src_ip: event.ip,
      user_agent: event.userAgent,
      client: event.client,
      session_id: event.session,
      approval_id: event.approval,
      approver: event.approver,
      decision: event.decision,
      justification: event.justification,
      command: event.command,
      exit_code: event.exitCode,
      on_behalf: event.onBehalf,
      auth_method: event.authMethod,
      tenant: event.tenant,
      project: event.project,
      file_name: event.file?.name,
      repeat: repeat > 1 ? repeat : undefined,
      tag: event.companion ? ['companion'] : undefined,
      connection: origin.connection,
      raw: rawText(raw),
      raw_sha256: rawSha256,
    })
    const more = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`attribute_${name.replaceAll(/[^\w]+/g, '_')}`, value]))
    return `${JSON.stringify({ ...more, ...line })}\n`
  },
}
