// The questions of a timeline, asked of Recount through its contract and of SQLite on the same rows. Each round asks about
// another value, so that neither side answers what it remembers, but for those marked `again`.

const USERS = ['root', 'alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan', 'judy', 'deploy']
const view = (query) => ({ query, range: null, order: 'desc' })
const userAt = (round) => USERS[round % USERS.length]
const PAGE = 100
const BUCKETS = 200
const FAILED = "companion = 0 AND action = 'login' AND outcome = 'failure'"
const ROWS = 'SELECT id, time, category, action, outcome, severity, user, machine, ip, repeat, message FROM event'
const NEWEST = `ORDER BY time DESC, sequence DESC LIMIT ${PAGE}`

/** `ours` and `theirs` answer a number that must be the same; `most` is the greatest ratio of times that is fine. */
export const QUERIES = [
  {
    name: 'newest page',
    most: 3,
    ours: async (ask) => (await ask('timeline.rows', { view: view(''), at: 0, count: PAGE })).rows.length,
    theirs: (sql) => sql(`${ROWS} WHERE companion = 0 ${NEWEST}`).length,
  },
  {
    name: 'newest page of one user',
    most: 3,
    ours: async (ask, round) => (await ask('timeline.rows', { view: view(`user:${userAt(round)}`), at: 0, count: PAGE })).rows.length,
    theirs: (sql, round) => sql(`${ROWS} WHERE companion = 0 AND user = ? ${NEWEST}`, userAt(round)).length,
  },
  {
    name: 'newest page of one user, again',
    most: 3,
    again: true,
    ours: async (ask) => (await ask('timeline.rows', { view: view('user:root'), at: 0, count: PAGE })).rows.length,
    theirs: (sql) => sql(`${ROWS} WHERE companion = 0 AND user = ? ${NEWEST}`, 'root').length,
  },
  {
    name: 'page in the middle of failed sign-ins, again',
    most: 0.05,
    again: true,
    ours: async (ask, _round, { middle }) => {
      return (await ask('timeline.rows', { view: view('action:login outcome:failure'), at: middle, count: PAGE })).rows.length
    },
    theirs: (sql, _round, { middle }) => sql(`${ROWS} WHERE ${FAILED} ${NEWEST} OFFSET ${middle}`).length,
  },
  {
    name: 'count of failures of one user',
    most: 1.5,
    ours: async (ask, round) => (await ask('timeline.count', { view: view(`outcome:failure user:${userAt(round)}`) })).matching,
    theirs: (sql, round) => {
      const where = "companion = 0 AND outcome = 'failure' AND user = ?"
      return sql(`SELECT sum(repeat) n FROM event WHERE ${where}`, userAt(round))[0].n ?? 0
    },
  },
  {
    name: 'histogram of one machine',
    most: 0.5,
    ours: async (ask, round, { machines }) => {
      const machine = machines[round % machines.length]
      const { success, failure, unknown } = await ask('timeline.histogram', { view: view(`machine:${machine}`), buckets: BUCKETS })
      return [...success, ...failure, ...unknown].reduce((sum, n) => sum + n, 0)
    },
    theirs: (sql, round, { machines, step }) => {
      const text = `SELECT time / ${step} bucket, outcome, sum(repeat) n FROM event WHERE companion = 0 AND machine = ? GROUP BY 1, 2`
      return sql(text, machines[round % machines.length]).reduce((sum, { n }) => sum + n, 0)
    },
  },
  {
    name: 'ten most frequent addresses of an action',
    most: 0.5,
    ours: async (ask, round, { actions }) => {
      const query = `action:${actions[round % actions.length]}`
      const [facet] = await ask('timeline.facets', { view: view(query), fields: ['ip'], limit: 10 })
      return facet.values.length
    },
    theirs: (sql, round, { actions }) => {
      const text = 'SELECT ip, count(*) n FROM event WHERE companion = 0 AND action = ? GROUP BY ip ORDER BY n DESC LIMIT 10'
      return sql(text, actions[round % actions.length]).length
    },
  },
  {
    name: 'substring in any line',
    most: 0.6,
    ours: async (ask, round) => (await ask('timeline.count', { view: view(`"data/${1000 + 37 * round}"`) })).matching,
    theirs: (sql, round) => {
      return sql('SELECT sum(repeat) n FROM event WHERE companion = 0 AND message LIKE ?', `%data/${1000 + 37 * round}%`)[0].n ?? 0
    },
  },
]
