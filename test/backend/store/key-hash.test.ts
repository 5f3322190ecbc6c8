import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashDigestKey, hashKey } from '../../../src/backend/store/key-index'

// A row's key is hashed from the bytes of its id where it is stored, and from its text where it is asked for.
test.each([1, 9, 10, 99, 100, 1_000_000, Number.MAX_SAFE_INTEGER])('the key of attempt %i of a record has one hash, of its bytes and of its text', (attempt) => {
  for (let i = 0; i < 200; i++) {
    const digest = createHash('sha256').update(`line ${i}`).digest()
    const bytes = Buffer.concat([Buffer.alloc(i), digest])
    const [prefix, suffix] = [`sshd:web-${i}:auth:`, `:${attempt}`]
    expect(hashDigestKey(prefix.length, { bytes, at: i }, suffix)).toEqual(hashKey(`${prefix}${digest.toString('hex')}${suffix}`))
  }
})
