import { certificates, commits, compose, dockerBuild, install, make, pull, upgradable } from './builds'
import { query, sent, vacuum } from './databases'
import { disks, diskUse, follow, history, listLong, listReleases, listShort, memory, release, statusCounts, tail } from './files'
import { batchTop, containerLogs, containers, health, metrics, ping, pods, processes, rights, shares, sockets, unitStatus, uptime, vacuumed } from './machines'
import { said, SILENT, type Output, type Program, type Scene } from './program'
import { editor, pager } from './screens'
import { BELL, between, ESC } from './text'

type Known = readonly [RegExp, Program]

/** The first that fits. What is not here says nothing, as most programs that do well. */
const PROGRAMS: readonly Known[] = [
  [/^sudo journalctl --rotate/, vacuumed],
  [/^sudo journalctl/, pager],
  [/^sudo systemctl (?:status|restart)/, unitStatus],
  [/^sudo ss|^ss /, sockets],
  [/^sudo apt list/, upgradable],
  [/^sudo nginx -t/, () => said('nginx: the configuration file /etc/nginx/nginx.conf syntax is ok', 'nginx: configuration file /etc/nginx/nginx.conf test is successful')],
  [/^sudo certbot/, certificates],
  [/^sudo -u postgres vacuumdb/, vacuum],
  [/^id; sudo -l/, rights],
  [/^ls -la/, listLong],
  [/^ls -t/, listReleases],
  [/^ls/, listShort],
  [/^df/, disks],
  [/^du/, diskUse],
  [/^free/, memory],
  [/^uptime/, uptime],
  [/^top -b/, batchTop],
  [/^whoami/, ({ user }) => said(user)],
  [/^ps /, processes],
  [/^cat \/etc\/os-release/, release],
  [/^tail -f/, follow],
  [/^tail/, tail],
  [/^vim/, editor],
  [/^grep -c/, ({ random }) => said(String(between(random, 0, 900)))],
  [/^ping/, ping],
  [/^curl -sI/, health],
  [/^curl -s /, metrics],
  [/^awk/, statusCounts],
  [/^docker ps/, containers],
  [/^docker logs/, containerLogs],
  [/^docker compose/, compose],
  [/^docker build/, dockerBuild],
  [/^kubectl/, pods],
  [/^psql/, query],
  [/^pg_isready/, () => said('/var/run/postgresql:5432 - accepting connections')],
  [/^git pull/, pull],
  [/^git log/, commits],
  [/^git checkout/, ({ command }) => said(`Switched to branch '${command.split(' ').at(-1)}'`)],
  [/^make/, make],
  [/^npm ci/, install],
  [/^find/, ({ random }) => said(String(between(random, 2, 9000)))],
  [/^quota/, () => said('Disk quotas for user: none')],
  [/^smbstatus/, shares],
  [/^rsync/, sent],
  [/^sha256sum/, ({ random, command }) => said(`${Array.from({ length: 64 }, () => between(random, 0, 15).toString(16)).join('')}  ${command.split(' ').at(-1)}`)],
  [/^chmod .*nohup/, ({ random }) => said(`[1] ${between(random, 2000, 90_000)}`)],
  [/^printf/, () => ({ frames: [{ wait: 20, text: `\0${ESC}[2J${BELL}\r\n` }] })],
  [/^echo A+ \| base64/, () => ({ frames: [{ wait: 20, text: '\0'.repeat(600) }] })],
  [/^cat \/srv\/\u65e5/u, ({ command }) => ({ ...said(`cat: ${command.slice(4, command.indexOf(';'))}: No such file or directory`, "a\tb 'c' "), exit: 0 })],
  [/^=cmd|^@SUM/, ({ command }) => ({ ...said(`bash: ${command.split(/[|(]/)[0]}: command not found`), exit: 127 })],
  [/^mysql/, () => ({ ...said('mysql: [Warning] Using a password on the command line interface can be insecure.', 'ERROR 2002 (HY000): Can\'t connect to local server through socket (2)'), exit: 1 })],
]

/** What a command does; `before` are the commands of the session so far. */
export function outputOf(scene: Scene, { failed, before }: { failed: boolean; before: readonly string[] }): Output {
  const { command } = scene
  if (failed) return failure(scene)
  if (command.startsWith('history |')) return history(scene, before)
  return PROGRAMS.find(([pattern]) => pattern.test(command))?.[1](scene) ?? SILENT
}

function failure({ command, random }: Scene): Output {
  const [first = '', second = ''] = command.split(/[ ;|]+/)
  const program = first === 'sudo' ? second : first
  const path = /\/[\w./-]+/.exec(command)?.[0]
  switch (between(random, 0, 2)) {
    case 0:
      return { ...said(`bash: ${program}: command not found`), exit: 127 }
    case 1:
      return { ...said(`${program}: ${path === undefined ? '' : `${path}: `}Permission denied`), exit: 1 }
    default:
      return { ...said(`${program}: ${path ?? 'input'}: No such file or directory`), exit: 2 }
  }
}
