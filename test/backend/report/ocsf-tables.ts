// Classes and objects of the Open Cybersecurity Schema Framework 1.8.0, in words of this test's own, as far as they are
// written: `events`, `objects`, `profiles/host.json` and `dictionary.json` of github.com/ocsf/ocsf-schema, with `extends`
// followed. Attributes, their types and what is required were compared with lists generated from the release 1.8.0, the
// classes 3002 and 6003 whole with what the schema's server answers for it. Other activities, enumerations and constraints
// are those of the sources on the way from 1.7.0 to 1.8.0; the change log names no change of them up to the release.
//
// Left out: attributes that nothing here writes (an event that has one is faulted, deprecated ones among them),
// descriptions, `recommended` and `optional`, observables, associations, and every profile but `host`. Constraints are
// those of the class or object itself, which replace those of what it extends.

/** A name of `OBJECTS` or one of the schema's types; in brackets, an array of it. */
type TypeName = string | readonly [string]

export type Shape = {
  attributes: Readonly<Record<string, TypeName>>
  required?: readonly string[]
  atLeastOne?: readonly string[]
  justOne?: readonly string[]
  /** Captions by number. */
  enums?: Readonly<Record<string, Enum>>
}
export type Enum = Readonly<Record<number, string>>
export type ClassShape = Shape & {
  name: string
  category: readonly [uid: number, name: string]
  activities: Enum
  /** Attributes that the class has by a profile alone. */
  profiles?: Readonly<Record<string, readonly string[]>>
}

function numbered(...captions: readonly string[]): Enum {
  return { 0: 'Unknown', ...Object.fromEntries(captions.map((caption, i) => [i + 1, caption])), 99: 'Other' }
}

/** Of the base event. */
export const BASE: Shape = {
  attributes: {
    activity_id: 'integer',
    activity_name: 'string',
    category_name: 'string',
    category_uid: 'integer',
    class_name: 'string',
    class_uid: 'integer',
    count: 'integer',
    duration: 'long',
    message: 'string',
    metadata: 'metadata',
    raw_data: 'string',
    severity: 'string',
    severity_id: 'integer',
    status: 'string',
    status_detail: 'string',
    status_id: 'integer',
    time: 'timestamp',
    type_name: 'string',
    type_uid: 'long',
    unmapped: 'anything',
  },
  required: ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid'],
  enums: {
    severity_id: numbered('Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal'),
    status_id: numbered('Success', 'Failure'),
  },
}

const SYSTEM = [1, 'System Activity'] as const
const IAM = [3, 'Identity & Access Management'] as const
const NETWORK = [4, 'Network Activity'] as const
const APPLICATION = [6, 'Application Activity'] as const

/** What every class of the category has. */
const OF_IAM = { actor: 'actor', http_request: 'http_request', src_endpoint: 'network_endpoint' }
const OF_NETWORK = { connection_info: 'network_connection_info', dst_endpoint: 'network_endpoint', src_endpoint: 'network_endpoint' }

export const CLASSES: Readonly<Record<number, ClassShape>> = {
  1007: {
    name: 'Process Activity',
    category: SYSTEM,
    activities: numbered('Launch', 'Terminate', 'Open', 'Inject', 'Set User ID'),
    attributes: { actor: 'actor', device: 'device', process: 'process', exit_code: 'integer' },
    required: ['actor', 'device', 'process'],
  },
  3001: {
    name: 'Account Change',
    category: IAM,
    activities: numbered('Create', 'Enable', 'Password Change', 'Password Reset', 'Disable', 'Delete', 'Attach Policy',
      'Detach Policy', 'Lock', 'MFA Factor Enable', 'MFA Factor Disable', 'Unlock'),
    attributes: { ...OF_IAM, user: 'user' },
    required: ['user'],
  },
  3002: {
    name: 'Authentication',
    category: IAM,
    activities: numbered('Logon', 'Logoff', 'Authentication Ticket', 'Service Ticket Request', 'Service Ticket Renew',
      'Preauth', 'Account Switch'),
    attributes: { ...OF_IAM, dst_endpoint: 'network_endpoint', is_mfa: 'boolean', service: 'service', session: 'session', user: 'user' },
    required: ['user'],
    atLeastOne: ['service', 'dst_endpoint'],
  },
  3003: {
    name: 'Authorize Session',
    category: IAM,
    activities: numbered('Assign Privileges', 'Assign Groups'),
    attributes: { ...OF_IAM, dst_endpoint: 'network_endpoint', group: 'group', privileges: ['string'], session: 'session', user: 'user' },
    required: ['user'],
    justOne: ['privileges', 'group'],
  },
  3004: {
    name: 'Entity Management',
    category: IAM,
    activities: numbered('Create', 'Read', 'Update', 'Delete', 'Move', 'Enroll', 'Unenroll', 'Enable', 'Disable',
      'Activate', 'Deactivate', 'Suspend', 'Resume'),
    attributes: { ...OF_IAM, comment: 'string', entity: 'managed_entity' },
    required: ['entity'],
  },
  3005: {
    name: 'User Access Management',
    category: IAM,
    activities: numbered('Assign Privileges', 'Revoke Privileges'),
    attributes: { ...OF_IAM, privileges: ['string'], user: 'user' },
    required: ['privileges', 'user'],
  },
  3006: {
    name: 'Group Management',
    category: IAM,
    activities: numbered('Assign Privileges', 'Revoke Privileges', 'Add User', 'Remove User', 'Delete', 'Create',
      'Add Subgroup', 'Remove Subgroup'),
    attributes: { ...OF_IAM, group: 'group', user: 'user' },
    required: ['group'],
  },
  4007: {
    name: 'SSH Activity',
    category: NETWORK,
    activities: numbered('Open', 'Close', 'Reset', 'Fail', 'Refuse', 'Traffic', 'Listen'),
    attributes: { ...OF_NETWORK, auth_type: 'string', auth_type_id: 'integer' },
    atLeastOne: ['dst_endpoint', 'src_endpoint'],
    enums: { auth_type_id: numbered('Certificate Based', 'GSSAPI', 'Host Based', 'Keyboard Interactive', 'Password', 'Public Key') },
  },
  4014: {
    name: 'Tunnel Activity',
    category: NETWORK,
    activities: numbered('Open', 'Close', 'Renew'),
    attributes: { ...OF_NETWORK, session: 'session', tunnel_type: 'string', tunnel_type_id: 'integer', user: 'user' },
    atLeastOne: ['connection_info', 'session', 'src_endpoint', 'traffic', 'tunnel_interface', 'tunnel_type_id'],
    enums: { tunnel_type_id: numbered('Split Tunnel', 'Full Tunnel') },
  },
  6002: {
    name: 'Application Lifecycle',
    category: APPLICATION,
    activities: numbered('Install', 'Remove', 'Start', 'Stop', 'Restart', 'Enable', 'Disable', 'Update'),
    attributes: { actor: 'actor', app: 'product', device: 'device' },
    required: ['app'],
    profiles: { host: ['actor', 'device'] },
  },
  6003: {
    name: 'API Activity',
    category: APPLICATION,
    activities: numbered('Create', 'Read', 'Update', 'Delete'),
    attributes: {
      actor: 'actor',
      api: 'api',
      dst_endpoint: 'network_endpoint',
      http_request: 'http_request',
      resources: ['resource_details'],
      src_endpoint: 'network_endpoint',
    },
    required: ['actor', 'api', 'src_endpoint'],
  },
  6006: {
    name: 'File Hosting Activity',
    category: APPLICATION,
    activities: numbered('Upload', 'Download', 'Update', 'Delete', 'Rename', 'Copy', 'Move', 'Restore', 'Preview', 'Lock',
      'Unlock', 'Share', 'Unshare', 'Open', 'Sync', 'Unsync', 'Access Check'),
    attributes: { actor: 'actor', dst_endpoint: 'network_endpoint', file: 'file', src_endpoint: 'network_endpoint' },
    required: ['actor', 'file', 'src_endpoint'],
  },
}

const NAMED = { name: 'string', uid: 'string' }
const NAME_OR_UID = ['name', 'uid']
const ENDPOINT = ['ip', 'uid', 'name', 'hostname', 'instance_uid', 'interface_uid', 'interface_name']

export const OBJECTS: Readonly<Record<string, Shape>> = {
  actor: {
    attributes: { app_name: 'string', session: 'session', user: 'user' },
    atLeastOne: ['process', 'user', 'invoked_by', 'session', 'app_name', 'app_uid'],
  },
  api: { attributes: { operation: 'string' }, required: ['operation'] },
  device: {
    attributes: { ...NAMED, hostname: 'string', type: 'string', type_id: 'integer' },
    required: ['type_id'],
    atLeastOne: ENDPOINT,
    enums: {
      type_id: numbered('Server', 'Desktop', 'Laptop', 'Tablet', 'Mobile', 'Virtual', 'IOT', 'Browser', 'Firewall', 'Switch',
        'Hub', 'Router', 'IDS', 'IPS', 'Load Balancer'),
    },
  },
  file: {
    attributes: { name: 'string', size: 'long', type: 'string', type_id: 'integer' },
    required: ['name', 'type_id'],
    enums: {
      type_id: numbered('Regular File', 'Folder', 'Character Device', 'Block Device', 'Local Socket', 'Named Pipe',
        'Symbolic Link', 'Executable File'),
    },
  },
  group: { attributes: NAMED, atLeastOne: NAME_OR_UID },
  http_request: { attributes: { user_agent: 'string' } },
  managed_entity: {
    attributes: { ...NAMED, device: 'device', group: 'group', type: 'string', type_id: 'integer', user: 'user' },
    atLeastOne: ['name', 'uid', 'device', 'group', 'org', 'policy', 'user'],
    enums: { type_id: numbered('Device', 'User', 'Group', 'Organization', 'Policy', 'Email', 'Network Zone') },
  },
  metadata: {
    attributes: {
      event_code: 'string',
      log_name: 'string',
      log_provider: 'string',
      logged_time: 'timestamp',
      product: 'product',
      profiles: ['string'],
      sequence: 'integer',
      tenant_uid: 'string',
      uid: 'string',
      version: 'string',
    },
    required: ['product', 'version'],
  },
  network_connection_info: {
    attributes: { direction: 'string', direction_id: 'integer', session: 'session' },
    required: ['direction_id'],
    enums: { direction_id: numbered('Inbound', 'Outbound', 'Lateral', 'Local') },
  },
  network_endpoint: {
    attributes: { ...NAMED, hostname: 'string', ip: 'ip', owner: 'user' },
    atLeastOne: [...ENDPOINT, 'svc_name', 'domain'],
  },
  process: { attributes: { ...NAMED, cmd_line: 'string', user: 'user' }, atLeastOne: ['pid', 'uid', 'cpid'] },
  product: { attributes: { ...NAMED, vendor_name: 'string', version: 'string' }, atLeastOne: NAME_OR_UID },
  resource_details: { attributes: { ...NAMED, type: 'string' }, atLeastOne: NAME_OR_UID },
  service: { attributes: NAMED, atLeastOne: NAME_OR_UID },
  session: { attributes: { uid: 'string' } },
  user: {
    attributes: { ...NAMED, email_addr: 'email', type: 'string', type_id: 'integer' },
    atLeastOne: ['account', 'name', 'uid'],
    enums: { type_id: numbered('User', 'Admin', 'System', 'Service') },
  },
}
