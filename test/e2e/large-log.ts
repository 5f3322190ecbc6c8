import { once } from 'node:events'
import { createWriteStream, utimesSync } from 'node:fs'
import { syslogStamp } from './log-lines'
import { SECOND, WRITTEN_AT } from './logs'

const BATCH = 20_000
const USERS = ['alice', 'bob', 'carol', 'dora', 'emil', 'root', 'admin', 'oracle']

/** Users of the first and of the last line, who stand nowhere else. */
export const FIRST_USER = 'the-first'
export const LAST_USER = 'the-last'

/** Writes a log with one sign-in or failure a second, in the order of its times. */
export async function writeLargeLog(path: string, lines: number): Promise<{ firstAt: number; lastAt: number }> {
  const lastAt = WRITTEN_AT - SECOND
  const firstAt = lastAt - (lines - 1) * SECOND
  const file = createWriteStream(path)
  for (let at = 0; at < lines; at += BATCH) {
    const texts: string[] = []
    for (let line = at; line < Math.min(at + BATCH, lines); line++) texts.push(textOf(line, lines, firstAt))
    if (!file.write(texts.join(''))) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
  utimesSync(path, WRITTEN_AT / 1000, WRITTEN_AT / 1000)
  return { firstAt, lastAt }
}

function textOf(line: number, lines: number, firstAt: number): string {
  const head = `${syslogStamp(firstAt + line * SECOND)} bastion-01 sshd[${1000 + (line % 30_000)}]:`
  if (line === 0) return `${head} Accepted password for ${FIRST_USER} from 10.1.1.1 port 1111 ssh2\n`
  if (line === lines - 1) return `${head} Accepted password for ${LAST_USER} from 10.9.9.9 port 9999 ssh2\n`
  const user = USERS[(line * 7) % USERS.length]
  const from = `from 203.0.${line % 113}.${line % 251} port ${1024 + (line % 60_000)} ssh2`
  return `${head} ${line % 3 === 0 ? 'Accepted publickey' : 'Failed password'} for ${user} ${from}\n`
}
