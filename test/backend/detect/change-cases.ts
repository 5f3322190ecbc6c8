import { NOW } from '../store/a-store'
import { MINUTE, did, later, line, role, sudo, times, type Case } from './told-events'

export const CHANGE_CASES: Record<string, Case> = {
  'machine.removed_after_session': {
    must: [[did('connect', { category: 'session', machine: { id: 'm-1' } }), did('machine_delete', { machine: { id: 'm-1' }, time: NOW + 29 * MINUTE })]],
    not: [
      [did('connect', { category: 'session', machine: { id: 'm-1' } }), did('machine_delete', { machine: { id: 'm-1' }, time: NOW + 31 * MINUTE })],
      [did('connect', { category: 'session', machine: { id: 'm-1' } }), did('machine_delete', { machine: { id: 'm-2' }, time: NOW + MINUTE })],
      [did('connect', { category: 'session', machine: { id: 'm-1' } }), did('machine_delete', { machine: { id: 'm-1' }, time: NOW + MINUTE, actor: { name: 'bea' } })],
    ],
  },
  'priv.scope_changed': {
    must: [[did('change', { category: 'privilege', changes: [{ field: 'scope', old: 'web', new: 'web db' }] })]],
    not: [[did('change', { category: 'privilege', outcome: 'failure', changes: [{ field: 'scope', old: 'web', new: 'db' }] })], [did('change', { changes: [{ field: 'name', new: 'x' }] })]],
  },
  'priv.invite_then_admin': {
    must: [[did('invite', { category: 'account', target: { kind: 'user', name: 'bea' } }), role('user', 'admin', { time: NOW + 23 * 60 * MINUTE })]],
    not: [
      [did('invite', { category: 'account', target: { kind: 'user', name: 'bea' } }), role('user', 'admin', { time: NOW + 25 * 60 * MINUTE })],
      [did('invite', { category: 'account', target: { kind: 'user', name: 'cem' } }), role('user', 'admin', { time: NOW + 60 * MINUTE })],
      [did('invite', { category: 'account', target: { kind: 'user', name: 'bea' } }), role('user', 'viewer', { time: NOW + 60 * MINUTE })],
    ],
  },
  'cfg.retention_reduced': {
    must: ['30', '4 weeks', '30d'].map((now) => [did('change', { category: 'config', changes: [{ field: 'audit_retention', old: now === '30' ? '90' : 'forever', new: now }] })]),
    not: [
      [did('change', { category: 'config', changes: [{ field: 'audit_retention', old: '30', new: '90' }] })],
      [did('change', { category: 'config', changes: [{ field: 'audit_retention', old: '4w', new: '28 days' }] })],
      [did('change', { category: 'config', outcome: 'failure', changes: [{ field: 'audit_retention', old: '90', new: '30' }] })],
    ],
  },
  'dev.discovery': { must: [[did('port_scan')]], not: [[did('scan_report')]] },
  'dev.plugin_installed': { must: [[did('install_plugin')]], not: [[did('install_plugin', { outcome: 'failure' })]] },
  'dev.file_then_command': {
    must: [[did('send_file', { machine: { name: 'd1' } }), did('run_cmd', { machine: { name: 'd1' }, time: NOW + 14 * MINUTE })]],
    not: [
      [did('send_file', { machine: { name: 'd1' } }), did('run_cmd', { machine: { name: 'd1' }, time: NOW + 16 * MINUTE })],
      [did('send_file', { machine: { name: 'd1' } }), did('run_cmd', { machine: { name: 'd2' }, time: NOW + MINUTE })],
      [did('run_cmd', { machine: { name: 'd1' } }), did('send_file', { machine: { name: 'd1' }, time: NOW + MINUTE })],
    ],
  },
  'prod.first_time': {
    must: [[did('login', { time: later(-31), category: 'authentication' }), sudo('ana', 'db-prod')], [sudo('ana', 'db-prod', later(-91)), sudo('ana', 'db-prod')]],
    not: [
      [did('login', { time: later(-29), category: 'authentication' }), sudo('ana', 'db-prod')],
      [did('login', { time: later(-60), category: 'authentication' }), sudo('ana', 'db-prod', later(-40)), sudo('Ana', 'DB-prod')].slice(1),
      [did('login', { time: later(-31), category: 'authentication' }), sudo('ana', 'db-test')],
    ],
  },
  'bulk.delete': {
    must: [times(10, 1, (i) => did('delete', { target: { kind: 'file', id: `f${i}` } })).map((event, i) => ({ ...event, time: NOW + i * 30_000 }))],
    not: [times(10, 0.5, () => did('delete', { outcome: 'failure' })), times(10, 0.5, () => did('create'))],
  },
  'bulk.delete.types': {
    must: [times(3, 9, (i) => did('delete', { target: { kind: `kind${i}` } }))],
    not: [times(3, 9, () => did('delete', { target: { kind: 'file' } }))],
  },
  'bulk.delete.machines': {
    must: [times(3, 4, () => did('machine_delete')), times(3, 4, () => did('delete', { target: { kind: 'vm' } }))],
    not: [times(2, 4, () => did('machine_delete')), times(3, 5, () => did('machine_delete')), times(3, 4, () => did('machine_register'))],
  },
  'bulk.audit_purge': { must: [[did('log_delete', { outcome: 'failure' })]], not: [[did('audit_read')]] },
  'priv.role_changed': { must: [[role('user', 'viewer')]], not: [[role('user', 'viewer', { outcome: 'failure' })]] },
  'priv.to_admin': {
    must: [[role('user', 'company_admin')], [did('group_add', { category: 'privilege', attributes: { group: 'sudo' } })]],
    not: [[role('admin', 'super_admin')], [role('user', 'viewer')], [did('group_add', { category: 'privilege', attributes: { group: 'audio' } })]],
  },
  'priv.self_grant': {
    must: [[role('user', 'admin', { target: { kind: 'user', id: 'u-1' } })], [role('user', 'admin', { target: { kind: 'user', name: 'Ana' } })]],
    not: [[role('user', 'admin')], [role('user', 'admin', { target: { kind: 'user' } })]],
  },
  'priv.grant_then_use': {
    must: [[role('user', 'admin'), did('user_delete', { actor: { name: 'bea' }, time: NOW + 59 * MINUTE })]],
    not: [
      [role('user', 'admin'), did('user_delete', { actor: { name: 'bea' }, time: NOW + 61 * MINUTE })],
      [role('user', 'admin'), did('user_delete', { time: NOW + 5 * MINUTE })],
    ],
  },
  'token.created': { must: [[did('api_key_create')]], not: [[did('api_key_delete')], [did('api_key_create', { outcome: 'failure' })]] },
  'token.regenerated': { must: [[did('api_key_regenerate')]], not: [[did('api_key_create')]] },
  'token.created_for_other': {
    must: [[did('api_key_create', { target: { kind: 'user', name: 'bea' } })]],
    not: [[did('api_key_create', { target: { kind: 'user', name: 'ANA' } })], [did('api_key_create')]],
  },
  'token.burst': { must: [times(3, 20, () => did('api_key_create'))], not: [times(2, 20, () => did('api_key_create')), times(3, 31, () => did('api_key_create'))] },
  'cfg.audit_disabled': {
    must: [[did('config_change', { category: 'config', changes: [{ field: 'audit_enabled', old: 'true', new: 'false' }] })]],
    not: [[did('config_change', { category: 'config', changes: [{ field: 'audit_enabled', old: 'false', new: 'true' }] })], [did('StopLogging', { outcome: 'failure' })]],
  },
  'cfg.sso_mfa_disabled': {
    must: [[did('user_change', { changes: [{ field: 'mfa_enabled', old: 'true', new: 'false' }] })]],
    not: [[did('user_change', { changes: [{ field: 'theme', new: 'off' }] })]],
  },
  'cfg.network_opened': {
    must: [[did('tunnel_open', { category: 'network' })], [did('change', { changes: [{ field: 'ingress', new: '0.0.0.0/0' }] })]],
    not: [[did('tunnel_close', { category: 'network' })]],
  },
  'prod.sudo': {
    must: [[sudo('ana', 'db.PROD2.example')]],
    not: [[sudo('ana', 'product-7')]],
  },
  'prod.session': {
    must: [[{ category: 'session', action: 'connect', actor: { name: 'ana' }, machine: { name: 'web-prd-1' } }]],
    not: [[{ category: 'session', action: 'disconnect', actor: { name: 'ana' }, machine: { name: 'web-prd-1' } }]],
  },
  'prod.command_root': {
    must: [[{ ...line('id'), actor: { name: 'root' }, machine: { name: 'live-1' } }], [{ ...line('sudo id'), machine: { name: 'live-1' } }]],
    not: [[{ ...line('id'), machine: { name: 'live-1' } }], [{ ...line('sudo id'), machine: { name: 'olive-1' } }]],
  },
}
