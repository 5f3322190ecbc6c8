import type { MachineRole } from './names'
import { mix, pick } from './random'

const COMMON = [
  'ls -la',
  'cd /var/log',
  'df -h',
  'uptime',
  'top -b -n 1 | head -20',
  'free -m',
  'whoami',
  'ps aux | grep {service}',
  'sudo systemctl status {service}',
  'sudo journalctl -u {service} --since "{n} min ago"',
  'cat /etc/os-release',
  'tail -n {n} /var/log/{service}/error.log',
  'exit',
  'history | tail -{n}',
  'ss -tlnp',
  'sudo apt list --upgradable',
  'vim /etc/{service}/{service}.conf',
  'grep -c "timeout" /var/log/{service}/access.log',
  'ping -c 3 gw.fernhill.test',
]

const BY_ROLE: Record<MachineRole, readonly string[]> = {
  web: [
    'sudo systemctl reload nginx',
    'sudo nginx -t',
    'curl -sI http://localhost:{port}/health',
    'sudo certbot renew --dry-run',
    "awk '{print $9}' /var/log/nginx/access.log | sort | uniq -c",
    'ls -t /srv/releases | head -{n}',
  ],
  app: [
    'docker ps',
    'docker logs --tail {n} orders-api',
    'kubectl get pods -n {service}',
    'docker compose up -d',
    'sudo systemctl restart {service}',
    'curl -s localhost:{port}/metrics | grep queue',
    'tail -f logs/worker-{n}.log',
  ],
  db: [
    'psql -c "select count(*) from orders where day = current_date"',
    'psql -c "select pid, state from pg_stat_activity"',
    'du -sh /var/lib/postgresql/*',
    'sudo -u postgres vacuumdb --analyze orders',
    'psql -l',
    'pg_isready',
    'psql -c "explain select * from shipments where id = {port}{n}"',
  ],
  build: [
    'git pull --ff-only',
    'make -j{n} test',
    'npm ci',
    'docker build -t app:{port} .',
    'git log --oneline | head -{n}',
    'rm -rf build/tmp-{port}',
    'git checkout release/{n}.{n}',
  ],
  files: [
    'ls /srv/share',
    'find /srv/share -mtime -{n} -type f | wc -l',
    'sudo setfacl -m g:team{n}:rx /srv/share/team{n}',
    'quota -s',
    'df -h /srv/share',
    'smbstatus -b',
  ],
}

const SERVICES = ['nginx', 'orders', 'billing', 'postgresql', 'sshd', 'worker', 'gateway']

/** One command in 211 is of these. */
const HOSTILE: readonly string[] = [
  "=cmd|' /C calc'!A0",
  'echo "\u202Egpj.exe\u202C" > /tmp/\u00fcbung',
  "printf '\\u0000\\x1b[2J' && echo \u0007",
  '@SUM(1+1)*cmd|notepad',
  'mysql -pS3cret-typed-here -e "select 1"',
  `echo ${'A'.repeat(3000)} | base64 -d`,
  'cat /srv/\u65e5\u672c\u8a9e/\ud83e\uddea.txt; echo "a\tb" \'c\' `d`',
]

/** A command somebody might type on a machine of this role; the same for the same hash. */
export function commandText(role: MachineRole, hash: number): string {
  if (hash % 211 === 0) return pick(HOSTILE, hash >>> 8)
  const template = pick(hash % 3 === 0 ? COMMON : BY_ROLE[role], hash >>> 3)
  return template
    .replaceAll('{service}', pick(SERVICES, hash >>> 9))
    .replaceAll('{port}', String(8000 + (mix(hash, 5) % 100)))
    .replaceAll('{n}', String(2 + (mix(hash, 6) % 48)))
}

const ROUTINE: readonly string[] = [
  '/usr/local/bin/probe --json',
  'deployctl sync --channel stable',
  'pg_dump --format=custom orders > /backup/orders.dump',
  'inventory-agent scan --quiet',
  'certwatch --renew-before 21d',
  'report-runner daily --no-mail',
]

/** What the service account at this place of `SERVICES` runs, always the same. */
export function routineText(service: number): string {
  return ROUTINE[service % ROUTINE.length] as string
}
