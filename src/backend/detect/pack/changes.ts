/** Deletions, rights, tokens, settings. */
export const CHANGE_RULES = String.raw`
title: Deletion
id: delete.any
level: informational
logsource: { product: recount }
detection:
  deletion:
    action: [delete, remove, revoke, uninstall, '*_delete', '*_remove', '*_revoke', '*_uninstall']
    outcome: success
  condition: deletion
---
title: Many deletions by one person
id: bulk.delete
level: high
tags: [attack.t1485]
correlation:
  type: event_count
  rules: [delete.any]
  group-by: [actor]
  timespan: 10m
  condition: { gte: 10 }
---
title: Deletions of several kinds by one person
id: bulk.delete.types
level: medium
tags: [attack.t1485]
correlation:
  type: value_count
  rules: [delete.any]
  group-by: [actor]
  timespan: 30m
  condition: { field: resource_type, gte: 3 }
---
title: Deletion of a machine
id: delete.machine
level: informational
logsource: { product: recount }
detection:
  named: { action: [machine_delete, device_delete, vm_delete] }
  kind: { action: [delete, remove, '*_delete', '*_remove'], target_kind: [machine, vm, device, agent] }
  worked: { outcome: success }
  condition: worked and (named or kind)
---
title: Session on a machine, of anybody
id: machine.session
level: informational
logsource: { product: recount, category: session }
detection:
  on: { machine_id|exists: true, action: [session, connect, session_open, start] }
  condition: on
---
title: Machine removed soon after a session on it by the same person
id: machine.removed_after_session
level: medium
tags: [attack.t1070, attack.t1485]
correlation:
  type: temporal_ordered
  rules: [machine.session, delete.machine]
  group-by: [actor, machine_id]
  timespan: 30m
---
title: Deletion or purge of audit data
id: bulk.audit_purge
level: critical
tags: [attack.t1070]
logsource: { product: recount }
detection:
  purge: { action: [audit_delete, recording_delete, log_delete] }
  of_table: { action: [delete, purge], target: [audit, audit_log, audit_logs] }
  condition: 1 of them
---
title: Role or rights of somebody changed
id: priv.role_changed
level: medium
tags: [attack.t1098]
logsource: { product: recount, category: privilege }
detection:
  change: { action: [role_change, permission_change, group_add, grant], outcome: success }
  condition: change
---
title: Somebody became an administrator
id: priv.to_admin
level: high
tags: [attack.t1098]
logsource: { product: recount, category: privilege }
detection:
  change: { action: [role_change, permission_change, grant], outcome: success }
  now: { changes.new|contains: [admin, owner, root] }
  before: { changes.old|contains: [admin, owner, root] }
  group: { action: group_add, outcome: success, field.group: [root, sudo, wheel, admin] }
  condition: (change and now and not before) or group
---
title: Somebody changed their own rights
id: priv.self_grant
level: critical
tags: [attack.t1098]
logsource: { product: recount, category: privilege }
detection:
  change: { action: [role_change, permission_change, group_add, grant], outcome: success, target|fieldref: actor }
  condition: change
---
title: Rights given to somebody
id: priv.grant
level: informational
logsource: { product: recount, category: privilege }
detection:
  change: { action: [role_change, permission_change, group_add, grant], outcome: success, target_kind: user }
  condition: change
---
title: Privileged action
id: priv.use
level: informational
logsource: { product: recount }
detection:
  done: { outcome: success }
  rights: { category: [privilege, sudo] }
  action: { action: [user_create, user_delete, machine_delete, api_key_create, api_key_regenerate, audit_delete, log_delete, recording_delete] }
  condition: done and (rights or action)
---
title: Rights were given and used within the hour
id: priv.grant_then_use
level: high
tags: [attack.t1098]
correlation:
  type: temporal_ordered
  rules: [priv.grant, priv.use]
  group-by: [person]
  aliases:
    person: { priv.grant: target, priv.use: actor }
  timespan: 1h
---
title: Token or key created
id: token.created
level: low
tags: [attack.t1098.001]
logsource: { product: recount }
detection:
  created: { action: [api_key_create, token_create, ssh_key_create, ssh_key_add], outcome: success }
  condition: created
---
title: Key regenerated
id: token.regenerated
level: medium
tags: [attack.t1098.001]
logsource: { product: recount }
detection:
  regenerated: { action: [api_key_regenerate, token_regenerate], outcome: success }
  condition: regenerated
---
title: Token or key created for somebody else
id: token.created_for_other
level: high
tags: [attack.t1098.001]
logsource: { product: recount }
detection:
  created: { action: [api_key_create, token_create, ssh_key_create, ssh_key_add], outcome: success, target_kind: user, target|exists: true }
  own: { target|fieldref: actor }
  condition: created and not own
---
title: Several tokens or keys created by one person
id: token.burst
level: medium
tags: [attack.t1098.001]
correlation:
  type: event_count
  rules: [token.created]
  group-by: [actor]
  timespan: 1h
  condition: { gte: 3 }
  generate: true
---
title: Three machines deleted by one person
id: bulk.delete.machines
level: critical
tags: [attack.t1485]
correlation:
  type: event_count
  rules: [delete.machine]
  group-by: [actor]
  timespan: 10m
  condition: { gte: 3 }
---
title: Audit or logging switched off
id: cfg.audit_disabled
level: critical
tags: [attack.t1562.008]
logsource: { product: recount }
detection:
  worked: { outcome: success }
  named: { action: [audit_disable, logging_disable, recording_disable, StopLogging, DeleteTrail] }
  setting:
    category: config
    changes.field|contains: [audit, logging, recording]
    changes.new: ['false', 'off', 'disabled', '0', 'none', 'no']
  condition: worked and (named or setting)
---
title: Single sign-on or second factor switched off
id: cfg.sso_mfa_disabled
level: high
tags: [attack.t1556]
logsource: { product: recount }
detection:
  worked: { outcome: success }
  named: { action: [mfa_disable, sso_disable, 2fa_disable] }
  setting:
    changes.field|contains: [mfa, 2fa, otp, sso, saml]
    changes.new: ['false', 'off', 'disabled', '0', 'none', 'no']
  condition: worked and (named or setting)
---
title: A network was opened
id: cfg.network_opened
level: medium
tags: [attack.t1562.007]
logsource: { product: recount }
detection:
  worked: { outcome: success }
  tunnel: { action: [tunnel_open, open_tunnel, start_tunnel_session, remote_web] }
  anywhere: { changes.new|contains: ['0.0.0.0/0', '::/0'] }
  condition: worked and (tunnel or anywhere)
---
title: Retention changed
id: cfg.retention
level: informational
logsource: { product: recount }
detection:
  worked: { outcome: success }
  setting: { changes.field|contains: [retention, retain] }
  condition: worked and setting
---
title: Scope of access changed
id: priv.scope_changed
level: medium
tags: [attack.t1098]
logsource: { product: recount }
detection:
  worked: { outcome: success }
  named: { action: [scope_change, grant_scope_change, permission_scope_change] }
  setting: { changes.field|contains: scope }
  condition: worked and (named or setting)
---
title: Somebody was invited
id: account.invite
level: informational
logsource: { product: recount }
detection:
  invited: { action: [invite, user_invite, member_invite, invitation_create, accept_invite], outcome: success }
  created: { category: account, action: [user_create, signup], outcome: success, target_kind: user }
  condition: invited or created
---
title: An administrator was made, of anybody
id: priv.admin_made
level: informational
logsource: { product: recount, category: privilege }
detection:
  change: { action: [role_change, permission_change, grant], outcome: success }
  now: { changes.new|contains: [admin, owner, root] }
  before: { changes.old|contains: [admin, owner, root] }
  group: { action: group_add, outcome: success, field.group: [root, sudo, wheel, admin] }
  condition: (change and now and not before) or group
---
title: Somebody was invited and became an administrator within a day
id: priv.invite_then_admin
level: high
tags: [attack.t1136, attack.t1098]
correlation:
  type: temporal_ordered
  rules: [account.invite, priv.admin_made]
  group-by: [target]
  timespan: 24h
`
