// Seeded lines of authentication logs: what a server on the internet and the people who work on it leave behind.

const HOSTS = ['web-1', 'web-2', 'db-1', 'bastion', 'build-7', 'mail']
const NAMES = ['root', 'admin', 'test', 'ubuntu', 'oracle', 'postgres', 'git', 'user', 'guest', 'ftpuser', 'deploy', 'www-data']
const STAFF = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan', 'judy', 'deploy', 'backup']
const ODD = ['юзер', 'a from b', '0', "admin'--", 'müller', '']
const COMMANDS = ['/usr/bin/systemctl restart nginx', '/usr/bin/apt-get update', '/usr/bin/journalctl -u ssh', '/bin/cat /etc/shadow']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const START = Date.UTC(2026, 0, 4)
/** Milliseconds over which the lines are spread. */
const SPAN = 300 * 86_400_000
const BLOCK = 4096

export function randomFrom(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return { next, below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] }
}

/** Blocks of text that hold `count` lines together, each ended by a line feed. */
export function* logLines(count, seed = 42) {
  const random = randomFrom(seed)
  let time = START
  let pid = 1000
  let host = ''
  let lines = []
  let block = []
  for (let made = 0; made < count; made++) {
    if (lines.length === 0) {
      pid = pid >= 120_000 ? 1000 : pid + 1 + random.below(4)
      host = random.pick(HOSTS)
      lines = episode(random, pid)
    }
    const [tag, message] = lines.shift()
    time += (2 * random.next() * SPAN) / count
    block.push(`${stamp(time)} ${host} ${tag}: ${message}\n`)
    if (block.length < BLOCK) continue
    yield block.join('')
    block = []
  }
  yield block.join('')
}

function stamp(time) {
  const date = new Date(time)
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)}`
}

/** Lines that one connection, command or job leaves, in order. */
function episode(random, pid) {
  const kind = random.next()
  if (kind < 0.34) return guess(random, pid)
  if (kind < 0.55) return signIn(random, pid)
  if (kind < 0.72) return sudo(random)
  if (kind < 0.86) return cron(random, pid)
  if (kind < 0.93) return scan(random, pid)
  if (kind < 0.95) return account(random, pid)
  return [[random.pick([`kernel`, 'systemd[1]', `dhclient[${pid}]`]), `something else happened, number ${random.below(1_000_000)}`]]
}

/** Attackers come from few networks and try again and again. */
function attacker(random) {
  return `${random.pick(['203.0.113', '198.51.100', '192.0.2'])}.${random.below(Math.ceil(random.next() * 250))}`
}

function guess(random, pid) {
  const sshd = `sshd[${pid}]`
  const ip = attacker(random)
  const port = 1024 + random.below(60_000)
  const isKnown = random.next() < 0.5
  const user = isKnown ? 'root' : random.next() < 0.01 ? random.pick(ODD) : `${random.pick(NAMES)}${random.below(60) || ''}`
  const failed = `Failed password for ${isKnown ? '' : 'invalid user '}${user} from ${ip} port ${port} ssh2`
  const lines = []
  if (!isKnown) lines.push([sshd, `Invalid user ${user} from ${ip} port ${port}`])
  const who = isKnown ? `  user=${user}` : ''
  lines.push([sshd, `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${ip}${who}`])
  for (let i = 0; i < 1 + random.below(3); i++) lines.push([sshd, failed])
  if (random.next() < 0.1) lines.push([sshd, `message repeated ${2 + random.below(4)} times: [ ${failed}]`])
  if (random.next() < 0.05) lines.push([sshd, `error: maximum authentication attempts exceeded for ${user} from ${ip} port ${port} ssh2 [preauth]`])
  lines.push(
    random.next() < 0.5
      ? [sshd, `Received disconnect from ${ip} port ${port}:11: Bye Bye [preauth]`]
      : [sshd, `Connection closed by ${isKnown ? 'authenticating' : 'invalid'} user ${user} ${ip} port ${port} [preauth]`],
  )
  return lines
}

function signIn(random, pid) {
  const sshd = `sshd[${pid}]`
  const user = random.pick(STAFF)
  const ip = `10.20.${random.below(4)}.${random.below(250)}`
  const port = 1024 + random.below(60_000)
  const key = random.next() < 0.8
  const how = key ? `publickey for ${user} from ${ip} port ${port} ssh2: ED25519 SHA256:${user}0kLm9x7vQpR2sT4uW6yZ8aB1cD3eF5gH7iJ9kL1m` : `password for ${user} from ${ip} port ${port} ssh2`
  return [
    [sshd, `Accepted ${how}`],
    [sshd, `pam_unix(sshd:session): session opened for user ${user}(uid=${1000 + user.length}) by (uid=0)`],
    ['systemd-logind[612]', `New session ${random.below(90_000)} of user ${user}.`],
    [sshd, `Received disconnect from ${ip} port ${port}:11: disconnected by user`],
    [sshd, `Disconnected from user ${user} ${ip} port ${port}`],
    [sshd, `pam_unix(sshd:session): session closed for user ${user}`],
  ]
}

function sudo(random) {
  const user = random.pick(STAFF)
  const command = random.next() < 0.7 ? random.pick(COMMANDS) : `/usr/bin/rsync -a /srv/data/${random.below(50_000)} /backup`
  const told = `${user} : TTY=pts/${random.below(8)} ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`
  if (random.next() < 0.05) return [['sudo', `${user} : 3 incorrect password attempts ; TTY=pts/1 ; PWD=/home/${user} ; USER=root ; COMMAND=${command}`]]
  return [
    ['sudo', `   ${told}`],
    ['sudo', `pam_unix(sudo:session): session opened for user root(uid=0) by ${user}(uid=1000)`],
    ['sudo', 'pam_unix(sudo:session): session closed for user root'],
  ]
}

function cron(random, pid) {
  const user = random.pick(['root', 'www-data', 'backup'])
  return [
    [`CRON[${pid}]`, `pam_unix(cron:session): session opened for user ${user}(uid=0) by (uid=0)`],
    [`CRON[${pid}]`, `pam_unix(cron:session): session closed for user ${user}`],
  ]
}

function scan(random, pid) {
  const sshd = `sshd[${pid}]`
  const ip = attacker(random)
  const port = 1024 + random.below(60_000)
  return [
    random.pick([
      [sshd, `Did not receive identification string from ${ip} port ${port}`],
      [sshd, `Connection closed by ${ip} port ${port} [preauth]`],
      [sshd, `Unable to negotiate with ${ip} port ${port}: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1 [preauth]`],
      [sshd, `reverse mapping checking getaddrinfo for host-${port}.example.net [${ip}] failed - POSSIBLE BREAK-IN ATTEMPT!`],
    ]),
  ]
}

function account(random, pid) {
  const user = `${random.pick(STAFF)}${random.below(1000)}`
  return random.pick([
    [[`useradd[${pid}]`, `new user: name=${user}, UID=1001, GID=1001, home=/home/${user}, shell=/bin/bash, from=/dev/pts/0`]],
    [[`passwd[${pid}]`, `pam_unix(passwd:chauthtok): password changed for ${user}`]],
    [[`su[${pid}]`, `(to root) ${user} on pts/1`], [`su[${pid}]`, `pam_unix(su:session): session opened for user root(uid=0) by ${user}(uid=1000)`]],
    [[`usermod[${pid}]`, `add '${user}' to group 'sudo'`]],
  ])
}
