import { describe, expect, test } from 'vitest'
import { ServerFault, type FetchDoor } from '../../../../src/backend/source'
import { Budget, PatientDoor, type Pace, type Waiting } from '../../../../src/backend/sync/server/patient-door'

const PACE: Pace = { firstWaitMs: 1, mostWaitMs: 2, tries: 4, hourly: 1000, secondMs: 1, progressMs: 1 }
const HOUR = 3_600_000

const fault = (code: ServerFault['code'], more: { status?: number; retryAfterMs?: number } = {}) => new ServerFault({ code, message: code, ...more })

type Under = { door: PatientDoor; asked: string[]; waits: (Waiting | null)[]; renewals: number; abort: AbortController; budget: Budget; now: number }

/** A door whose server answers by the token and how often it was asked; renewing gives token after token. */
function patient(answer: (token: string | null, times: number) => ServerFault | null, pace: Partial<Pace> = {}): Under {
  let token: string | null = 'token 0'
  const asked: string[] = []
  const abort = new AbortController()
  const budget = new Budget()
  const inner: FetchDoor = {
    get token() {
      return token
    },
    get requests() {
      return asked.length
    },
    useToken: (next) => void (token = next),
    linked: () => Promise.reject(new Error('nothing is linked')),
    post: () => Promise.reject(new Error('nothing is posted')),
    get: async (path) => ({ ...(await inner.read(path, () => null)), body: new Uint8Array() }),
    async read(path, read) {
      asked.push(path)
      const refused = answer(token, asked.length)
      await Promise.resolve()
      if (refused) throw refused
      return { place: path, status: 200, serverTime: 0, fetchedAt: 0, said: await read(new Uint8Array()) }
    },
  }
  const under = { asked, waits: [] as (Waiting | null)[], renewals: 0, abort, budget, now: 10 * HOUR }
  const door = new PatientDoor(
    {
      door: inner,
      pace: { ...PACE, ...pace },
      signal: abort.signal,
      now: () => under.now,
      onWait: (waiting) => void under.waits.push(waiting),
      async renew() {
        under.renewals++
        await Promise.resolve()
        inner.useToken(`token ${under.renewals}`)
        return true
      },
    },
    budget,
  )
  return Object.assign(under, { door })
}

describe('a refused token', () => {
  test('is exchanged once, however many requests were refused for it', async () => {
    const under = patient((token) => (token === 'token 0' ? fault('unauthorized') : null))
    await Promise.all(['/a', '/b', '/c', '/d', '/e'].map((path) => under.door.get(path)))
    expect(under.renewals).toBe(1)
    expect(under.asked).toHaveLength(10)
  })

  test('that is refused right after a sign-in ends it', async () => {
    const under = patient(() => fault('unauthorized'))
    await expect(under.door.get('/a')).rejects.toMatchObject({ code: 'unauthorized' })
    expect([under.renewals, under.asked.length]).toEqual([1, 2])
  })

  test('does not lead to sign-ins for ever where each works for a moment only', async () => {
    const under = patient((_, times) => (times % 2 === 0 ? null : fault('unauthorized')))
    await Promise.all(Array.from({ length: 20 }, (_, i) => under.door.get(`/${i}`).catch(() => null)))
    expect(under.asked.length).toBeLessThanOrEqual(60)
  })
})

describe('another try', () => {
  test.each([
    ['a web page for a 404', fault('bad-answer', { status: 404 }), 4],
    ['an answer that was cut off', fault('bad-answer', { status: 200 }), 4],
    ['a failing server', fault('server-error', { status: 502 }), 4],
    ['no answer', fault('unreachable'), 4],
    ['a refused question', fault('bad-answer', { status: 400 }), 1],
    ['what is forbidden', fault('forbidden', { status: 403 }), 1],
    ['a wait of an hour', fault('throttled', { status: 429, retryAfterMs: HOUR }), 1],
  ])('after %s', async (_, refused, tries) => {
    const under = patient(() => refused)
    await expect(under.door.get('/a')).rejects.toBe(refused)
    expect(under.asked).toHaveLength(tries)
  })
})

describe('the budget', () => {
  test('holds for requests at one time too, and is waited for', async () => {
    const under = patient(() => null, { hourly: 3 })
    await Promise.all(Array.from({ length: 3 }, () => under.door.get('/a')))
    expect(under.budget.spent(under.now)).toBe(3)
    // The wait is an hour long: it is cut, and nothing was asked meanwhile.
    const waiting = Promise.allSettled(Array.from({ length: 4 }, () => under.door.get('/b')))
    await Promise.resolve()
    under.abort.abort()
    const ended = await waiting
    expect(ended.map((end) => end.status === 'rejected' && (end.reason as ServerFault).code)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled'])
    expect(under.asked).toHaveLength(3)
    expect(under.waits.at(-1)).toBeNull()
    expect(under.waits.map((waiting) => waiting?.why)).toContain('budget')
  })

  test('forgets what a clock that was set back says is still to come', () => {
    const budget = new Budget()
    budget.spend(100 * HOUR)
    budget.spend(100 * HOUR)
    expect(budget.freeAt(10 * HOUR, 2)).toBe(10 * HOUR)
    budget.spend(10 * HOUR)
    budget.spend(10 * HOUR)
    expect(budget.freeAt(10 * HOUR + 5, 2)).toBe(11 * HOUR)
  })
})

test('a wait that was cancelled before it began ends as cancelled', async () => {
  const under = patient(() => {
    under.abort.abort()
    return null
  }, { hourly: 1 })
  await under.door.get('/a')
  await expect(under.door.get('/b')).rejects.toMatchObject({ code: 'cancelled' })
})
