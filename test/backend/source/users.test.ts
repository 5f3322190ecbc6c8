import { describe, expect, it } from 'vitest'
import { eventOf } from './reading'

describe('names of users are hostile text', () => {
  it.each([
    ['Failed password for root from 1.2.3.4 port 22 ssh2', 'root', false],
    ['Failed password for invalid user 0 from 1.2.3.4 port 22 ssh2', '0', true],
    ['Failed password for invalid user  0101 from 1.2.3.4 port 22 ssh2', ' 0101', true],
    ['Failed password for invalid user a b c from 1.2.3.4 port 22 ssh2', 'a b c', true],
    ['Failed password for invalid user x from y from 1.2.3.4 port 22 ssh2', 'x from y', true],
    ['Failed none for invalid user x from 6.6.6.6 port 1 y from 1.2.3.4 port 22 ssh2', 'x from 6.6.6.6 port 1 y', true],
    ['Failed password for invalid user  for root from 1.2.3.4 port 22 ssh2', ' for root', true],
    ['Failed password for invalid user invalid user from 1.2.3.4 port 22 ssh2', 'invalid user', true],
    ['Failed password for invalid user юзер from 1.2.3.4 port 22 ssh2', 'юзер', true],
    ['Invalid user  0101 from 1.2.3.4', ' 0101', true],
    ['Invalid user x from 6.6.6.6 port 1 from 1.2.3.4', 'x from 6.6.6.6 port 1', true],
    ['Invalid user x from 6.6.6.6 from 1.2.3.4 port 22', 'x from 6.6.6.6', true],
    ['Illegal user test from 1.2.3.4', 'test', true],
    ['Connection closed by invalid user a b 1.2.3.4 port 22 [preauth]', 'a b', true],
    ['Connection closed by invalid user x 6.6.6.6 port 1 1.2.3.4 port 22 [preauth]', 'x 6.6.6.6 port 1', true],
  ])('%s', (message, user, invalid) => {
    const event = eventOf(message)
    expect(event.actor).toEqual({ name: user, kind: 'user' })
    expect(event.ip).toBe('1.2.3.4')
    expect(event.attributes['invalidUser']).toBe(invalid ? 'true' : undefined)
    expect(event).toMatchObject({ action: 'login', outcome: 'failure' })
  })

  it.each([
    'Failed password for invalid user  from 1.2.3.4 port 22 ssh2',
    'Failed none for  from 1.2.3.4 port 22 ssh2',
    'Invalid user  from 1.2.3.4 port 22',
    'Connection closed by invalid user  1.2.3.4 port 22 [preauth]',
  ])('an empty name is left out: %s', (message) => {
    expect(eventOf(message)).toMatchObject({ actor: { kind: 'user' }, ip: '1.2.3.4', action: 'login' })
    expect(eventOf(message).actor).not.toHaveProperty('name')
  })

  it('a name in a line of PAM may hold fields', () => {
    const fields = 'logname= uid=0 euid=0 tty=ssh ruser= rhost=1.2.3.4  user=a  user=b rhost=c'
    const event = eventOf(`pam_unix(sshd:auth): authentication failure; ${fields}`)
    expect(event.ip).toBe('1.2.3.4')
    expect(event.actor?.name).toBe('a  user=b rhost=c')
  })
})
