import { below, hex8 } from '../data/random'
import { clockOf, many, numberIn, said, slowly, table, type Output, type Scene } from './program'
import { logLines } from './files'
import { anyOf, between, colour, left, right } from './text'

const UNITS = 'nginx orders-api billing-worker postgresql sshd gateway queue-runner cron'.split(' ')

export function uptime({ random, at }: Scene): Output {
  const load = () => (random() * 3).toFixed(2)
  return said(` ${clockOf(at).time} up ${between(random, 2, 300)} days, 11:04,  ${between(random, 1, 4)} users,  load average: ${load()}, ${load()}, ${load()}`)
}

export function processes({ random, command }: Scene): Output {
  const name = /grep (\S+)/.exec(command)?.[1] ?? 'nginx'
  const row = (user: string, what: string) =>
    `${left(user, 12)}${right(between(random, 400, 90_000), 8)}${right((random() * 9).toFixed(1), 5)}${right((random() * 4).toFixed(1), 5)} ${right(below(random, 900_000), 8)} ${right(below(random, 90_000), 7)} ?        Ss   Feb03  ${below(random, 9)}:${between(random, 10, 59)} ${what}`
  const found = many(between(random, 2, 7), (at) => row('www-data', `${colour('01;31', name)}: worker process ${at}`))
  return said(...found, row('root', `grep --color=auto ${colour('01;31', name)}`))
}

/** Processes as `top -b` lists them. */
export function processRows({ random }: Pick<Scene, 'random'>, count: number): string[] {
  return many(count, (at) => {
    const share = Math.max(0, 60 / (at + 1) - random() * 4).toFixed(1)
    return `${right(between(random, 300, 99_000), 7)} ${left(anyOf(random, ['root', 'www-data', 'postgres', 'deploy']), 9)} 20   0 ${right(below(random, 9_000_000), 8)} ${right(below(random, 900_000), 7)} ${right(below(random, 40_000), 6)} S ${right(share, 5)} ${right((random() * 9).toFixed(1), 5)} ${right(below(random, 900), 4)}:${between(random, 10, 59)}.${between(random, 10, 99)} ${anyOf(random, UNITS)}`
  })
}

export function batchTop(scene: Scene): Output {
  const { time } = clockOf(scene.at)
  const head = [`top - ${time} up 41 days,  2 users,  load average: 0.42, 0.51, 0.60`, 'Tasks: 214 total,   1 running, 213 sleeping,   0 stopped,   0 zombie', '%Cpu(s):  7.1 us,  2.0 sy,  0.0 ni, 90.2 id,  0.7 wa,  0.0 hi,  0.0 si,  0.0 st', 'MiB Mem :  31990.2 total,   3021.4 free,  12410.8 used,  16558.0 buff/cache', 'MiB Swap:   8192.0 total,   8192.0 free,      0.0 used.  19100.3 avail Mem', '', '    PID USER      PR  NI     VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND']
  return { frames: [{ wait: 900, text: '' }, ...said(...head, ...processRows(scene, 13)).frames] }
}

export function sockets({ random }: Scene): Output {
  const rows = ['22', '80', '443', '5432', '8080', '9100'].map((port) => `LISTEN 0      ${left(anyOf(random, [128, 511, 4096]), 8)} 0.0.0.0:${left(port, 6)}       0.0.0.0:*    users:(("${anyOf(random, UNITS)}",pid=${between(random, 400, 90_000)},fd=${between(random, 3, 30)}))`)
  return said('State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess', ...rows)
}

export function unitStatus(scene: Scene): Output {
  const { command, random, at } = scene
  const unit = /(?:status|restart) (\S+)/.exec(command)?.[1] ?? 'nginx'
  const { day } = clockOf(at)
  return said(
    `${colour('0;1;32', '●')} ${unit}.service - ${unit} of this machine`,
    `     Loaded: loaded (/lib/systemd/system/${unit}.service; ${colour('0;1;32', 'enabled')}; preset: ${colour('0;1;32', 'enabled')})`,
    `     Active: ${colour('0;1;32', 'active (running)')} since ${day} 04:12:08 UTC; ${between(random, 1, 20)}h ago`,
    `   Main PID: ${between(random, 400, 90_000)} (${unit})`,
    `      Tasks: ${between(random, 3, 40)} (limit: 38290)`,
    `     Memory: ${between(random, 8, 900)}.4M`,
    '',
    ...logLines(scene, 10),
  )
}

export function ping({ random, command }: Scene): Output {
  const host = /(\S+)$/.exec(command)?.[1] ?? 'gw'
  const times = many(3, (at) => `64 bytes from ${host} (198.51.100.1): icmp_seq=${at + 1} ttl=62 time=${(0.2 + random() * 3).toFixed(2)} ms`)
  const start = said(`PING ${host} (198.51.100.1) 56(84) bytes of data.`).frames
  const tail = said('', `--- ${host} ping statistics ---`, '3 packets transmitted, 3 received, 0% packet loss, time 2003ms').frames
  return { frames: [...start, ...slowly(() => 0.5, 1000, times), ...tail] }
}

export function containers({ random }: Scene): Output {
  const rows = UNITS.slice(0, 6).map((name) => [hex8(below(random, 2 ** 31)), `registry.fernhill.test/${name}:4.${below(random, 30)}`, `"/entry ${name}"`, `${between(random, 2, 23)} hours ago`, 'Up 2 hours (healthy)', `0.0.0.0:${between(random, 8000, 8099)}->80/tcp`, name])
  return said(...table([['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES'], ...rows]))
}

export function pods({ random }: Scene): Output {
  const rows = many(between(random, 4, 12), (at) => [`${UNITS[at % UNITS.length]}-${hex8(below(random, 2 ** 31))}`, '1/1', anyOf(random, ['Running', 'Running', 'CrashLoopBackOff']), below(random, 12), `${between(random, 1, 40)}d`])
  return said(...table([['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'], ...rows]))
}

export function containerLogs(scene: Scene): Output {
  return said(...logLines(scene, Math.min(60, numberIn({ ...scene, command: scene.command.replace('--tail', '-n') }, 20))))
}

export function health({ random }: Scene): Output {
  const length = between(random, 20, 90)
  return said('HTTP/1.1 200 OK', 'Server: nginx/1.22.1', 'Content-Type: application/json', `Content-Length: ${length}`, 'Connection: keep-alive', '')
}

export function metrics({ random }: Scene): Output {
  return said(...UNITS.slice(0, 6).map((name) => `${colour('01;31', 'queue')}_length{name="${name}"} ${below(random, 4000)}`))
}

export function shares({ random, user }: Scene): Output {
  const rows = many(between(random, 3, 9), () => `${right(between(random, 400, 90_000), 7)}  ${left(user, 14)} staff         198.51.100.${between(random, 2, 200)} (ipv4)  SMB3_11`)
  return said('', 'Samba version 4.17.12-Debian', 'PID     Username       Group         Machine                  Protocol', '-'.repeat(78), ...rows, '')
}

/** What `sudo -l` may do. */
export function rights({ user, host }: Scene): Output {
  return said(`uid=1014(${user}) gid=1014(${user}) groups=1014(${user}),27(sudo),998(docker)`, `Matching Defaults entries for ${user} on ${host}:`, '    env_reset, mail_badpass, use_pty', '', `User ${user} may run the following commands on ${host}:`, '    (ALL : ALL) ALL')
}

export function vacuumed({ random, host }: Scene): Output {
  const all = many(between(random, 9, 26), (at) => `Deleted archived journal /var/log/journal/${hex8(31 + at)}/system@${hex8(below(random, 2 ** 31))}.journal (${between(random, 8, 64)}.0M).`)
  return { frames: slowly(random, 60, [...all, `Vacuuming done, freed 1.4G of archived journals from /var/log/journal on ${host}.`]) }
}
