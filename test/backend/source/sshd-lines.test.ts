import { describe, expect, it } from 'vitest'
import { eventOf, failures, importFiles, importText, line, textFile, weight } from './reading'

const PAM = 'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=9.8.7.6  user=root'

describe('each line of the table', () => {
  it('Accepted is a sign-in', () => {
    const message = 'Accepted publickey for root from 10.0.0.1 port 38944 ssh2: ED25519 SHA256:4do6KGzo9/3qJyLH'
    expect(eventOf(message)).toMatchObject({
      category: 'authentication',
      action: 'login',
      actionRaw: 'Accepted publickey',
      outcome: 'success',
      outcomeBasis: 'reported',
      severity: 'info',
      actor: { name: 'root', kind: 'user' },
      machine: { kind: 'host', name: 'web-1' },
      ip: '10.0.0.1',
      authMethod: 'publickey',
      repeat: 1,
      attributes: {
        message,
        program: 'sshd',
        pid: '100',
        port: '38944',
        protocol: 'ssh2',
        keyType: 'ED25519',
        fingerprint: 'SHA256:4do6KGzo9/3qJyLH',
      },
    })
  })

  it('Failed is a failed sign-in, with its method and whether the user is known', () => {
    const message = 'Failed keyboard-interactive/pam for invalid user bob from fe80::1%eth0 port 22 ssh2'
    expect(eventOf(message)).toMatchObject({
      action: 'login',
      actionRaw: 'Failed keyboard-interactive/pam',
      outcome: 'failure',
      outcomeBasis: 'reported',
      severity: 'warning',
      severityBasis: 'derived',
      reason: 'invalid user',
      actor: { name: 'bob', kind: 'user' },
      ip: 'fe80::1%eth0',
      authMethod: 'keyboard-interactive/pam',
      attributes: { invalidUser: 'true', port: '22', protocol: 'ssh2' },
    })
    const known = eventOf('Failed none for root from host.example port 22 ssh2')
    expect(known.attributes['invalidUser']).toBeUndefined()
    expect(known).toMatchObject({ ip: 'host.example', authMethod: 'none' })
    expect(known.reason).toBeUndefined()
  })

  it('a folded line has the weight it says', () => {
    const event = eventOf('message repeated 5 times: [ Failed password for root from 1.2.3.4 port 22 ssh2]')
    expect(event).toMatchObject({ action: 'login', outcome: 'failure', repeat: 5, ip: '1.2.3.4' })
    expect(event.attributes['message']).toMatch(/^message repeated 5 times/)
    const none = 'message repeated 0 times: [ Failed password for root from 1.2.3.4 port 22 ssh2]'
    expect(eventOf(none).action).toBe('other')
  })

  it('Invalid user is a companion where the process has a Failed line, before or after', () => {
    const text =
      line('Invalid user bob from 1.2.3.4 port 22', 1) +
      line('Failed password for invalid user bob from 1.2.3.4 port 22 ssh2', 1) +
      line('Invalid user eve from 1.2.3.4', 2)
    const [invalid, failed, alone] = importText(text).records
    expect(invalid?.event).toMatchObject({ companion: true, outcomeBasis: 'derived', actor: { name: 'bob' } })
    expect(failed?.event.companion).toBeUndefined()
    expect(failed?.event.links).toEqual([{ key: invalid?.key, relation: 'companion' }])
    expect(alone?.event.companion).toBeUndefined()
    expect(alone?.event).toMatchObject({
      action: 'login',
      outcome: 'failure',
      outcomeBasis: 'derived',
      reason: 'invalid user',
      ip: '1.2.3.4',
    })
  })

  it('the same process id on another host does not make a companion', () => {
    const text =
      'Nov 20 15:55:09 a sshd[7]: Invalid user bob from 1.2.3.4\n' +
      'Nov 20 15:55:09 b sshd[7]: Failed password for invalid user bob from 1.2.3.4 port 22 ssh2\n'
    expect(failures(importText(text))).toHaveLength(2)
  })

  it('pam_unix counts on a host that has no Failed line in the whole import', () => {
    const alone = importText(line(PAM)).records[0]?.event
    expect(alone).toMatchObject({
      action: 'login',
      actionRaw: 'authentication failure',
      outcome: 'failure',
      outcomeBasis: 'reported',
      ip: '9.8.7.6',
      actor: { name: 'root' },
      attributes: { uid: '0', euid: '0', tty: 'ssh' },
    })
    expect(alone?.attributes).not.toHaveProperty('logname')
    expect(alone?.companion).toBeUndefined()
    const elsewhere = textFile(line('Failed password for root from 1.2.3.4 port 22 ssh2', 5), 'other.log')
    const both = importFiles([textFile(line(PAM), 'a.log'), elsewhere])
    expect(both.records.map(({ event }) => event.companion)).toEqual([true, undefined])
  })

  it('pam_unix is a companion on such a host even when the lines lie in another stream', () => {
    const late = 'Nov 20 15:55:10 web-1 sshd[1]: x\n'
    const first = textFile(line(PAM) + late, 'a.log')
    const second = textFile(line('Failed password for root from 1.2.3.4 port 22 ssh2', 5) + late, 'b.log')
    const read = importFiles([first, second])
    expect(read.streams).toHaveLength(2)
    expect(failures(read)).toHaveLength(1)
  })

  it('reads the old form sshd(pam_unix), with a host name and without a user', () => {
    const fields = 'logname= uid=0 euid=0 tty=NODEVssh ruser= rhost='
    const text =
      `Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; ${fields}pc.example.net \n` +
      `Jun 14 15:16:02 combo sshd(pam_unix)[19940]: 7 more authentication failures; ${fields}9.8.7.6  user=root\n`
    const [first, more] = failures(importText(text))
    expect(first?.event).toMatchObject({ ip: 'pc.example.net', attributes: { program: 'sshd(pam_unix)' } })
    expect(first?.event.actor).toBeUndefined()
    expect(more?.event).toMatchObject({ repeat: 7, ip: '9.8.7.6', actor: { name: 'root' } })
    expect(weight(failures(importText(text)))).toBe(8)
  })

  it('N more authentication failures has weight N', () => {
    const more = 'PAM 5 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=1.2.3.4  user=root'
    expect(eventOf(more)).toMatchObject({ action: 'login', repeat: 5, ip: '1.2.3.4' })
    const text = line('Failed password for root from 1.2.3.4 port 22 ssh2') + line(more)
    expect(importText(text).records[1]?.event).toMatchObject({ companion: true, repeat: 5 })
  })

  it('Connection closed before a sign-in counts where the process said nothing else', () => {
    const closed = 'Connection closed by authenticating user root 1.2.3.4 port 99 [preauth]'
    expect(eventOf(closed)).toMatchObject({
      action: 'login',
      actionRaw: 'Connection closed by authenticating user',
      outcome: 'failure',
      outcomeBasis: 'derived',
      actor: { name: 'root' },
      ip: '1.2.3.4',
      attributes: { port: '99' },
    })
    const invalid = 'Connection closed by invalid user bob 1.2.3.4 port 99 [preauth]'
    expect(eventOf(invalid)).toMatchObject({ action: 'login', reason: 'invalid user', actor: { name: 'bob' } })
    for (const other of ['Invalid user bob from 1.2.3.4 port 99', PAM]) {
      const [attempt, companion] = importText(line(other) + line(invalid)).records
      expect(attempt?.event.companion).toBeUndefined()
      expect(companion?.event).toMatchObject({
        companion: true,
        links: [{ key: attempt?.key, relation: 'companion' }],
      })
    }
  })

  it('other ends of connections are sessions, not attempts', () => {
    for (const message of [
      'Connection closed by authenticating user root 1.2.3.4 port 99',
      'Connection closed by 1.2.3.4 port 99 [preauth]',
      'Connection reset by 1.2.3.4 port 99 [preauth]',
      'Received disconnect from 1.2.3.4 port 99:11: Bye Bye [preauth]',
      'error: Received disconnect from 1.2.3.4: 14: No more user authentication methods available. [preauth]',
      'Disconnected from user root 1.2.3.4 port 99',
      'Disconnected from 1.2.3.4 port 99 [preauth]',
      'Disconnecting: Change of username or service not allowed: (a,b) -> (c,d) [preauth]',
      'Did not receive identification string from 1.2.3.4 port 99',
    ]) {
      const event = eventOf(message)
      expect([message, event.category, event.action]).toEqual([message, 'session', 'disconnect'])
      if (message.includes('1.2.3.4')) expect(event.ip).toBe('1.2.3.4')
    }
    expect(eventOf('Received disconnect from 1.2.3.4: 11: Bye Bye [preauth]').attributes).toMatchObject({
      disconnectCode: '11',
      disconnectReason: 'Bye Bye',
    })
  })

  it('the limit of attempts is its own action', () => {
    for (const message of [
      'error: maximum authentication attempts exceeded for invalid user bob from 1.2.3.4 port 99 ssh2 [preauth]',
      'Disconnecting: Too many authentication failures for bob [preauth]',
      'Disconnecting invalid user bob 1.2.3.4 port 99: Too many authentication failures [preauth]',
    ]) {
      expect(eventOf(message)).toMatchObject({
        category: 'authentication',
        action: 'login_limit',
        outcome: 'failure',
        severity: 'warning',
        actor: { name: 'bob' },
      })
    }
    const named = 'Disconnecting authenticating user root 1.2.3.4 port 9: Too many authentication failures'
    expect(eventOf(named).ip).toBe('1.2.3.4')
  })

  it('sessions opened and closed', () => {
    expect(eventOf('pam_unix(sshd:session): session opened for user root(uid=0) by (uid=0)')).toMatchObject({
      category: 'session',
      action: 'session_open',
      actionRaw: 'session opened',
      outcome: 'success',
      outcomeBasis: 'reported',
      actor: { name: 'root' },
    })
    expect(eventOf('pam_unix(sshd:session): session closed for user root')).toMatchObject({
      category: 'session',
      action: 'session_close',
      actor: { name: 'root' },
    })
  })

  it('a reverse mapping that fails is no sign-in', () => {
    const event = eventOf(
      'reverse mapping checking getaddrinfo for ns.example [173.234.31.186] failed - POSSIBLE BREAK-IN ATTEMPT!',
    )
    expect(event).toMatchObject({ category: 'network', outcome: 'unknown', ip: '173.234.31.186', severity: 'info' })
  })

  it('what fits nowhere is other, and keeps its words', () => {
    const event = eventOf('Could not get shadow information for NOUSER')
    expect(event).toMatchObject({ category: 'other', action: 'other', actionRaw: 'Could not get', outcome: 'unknown' })
    expect(event.attributes['message']).toBe('Could not get shadow information for NOUSER')
    expect(eventOf('Failed to allocate internet-domain X11 display socket.').action).toBe('other')
  })

  it('caps the links of one attempt', () => {
    const text = line(PAM).repeat(20) + line('Failed password for root from 9.8.7.6 port 22 ssh2')
    expect(importText(text).records.at(-1)?.event.links).toHaveLength(8)
  })
})

describe('last message repeated', () => {
  const failed = 'Nov 20 15:55:09 web-1 sshd[9]: Failed password for root from 1.2.3.4 port 22 ssh2\n'

  it('stands for what its host said before', () => {
    const text = `${failed}Nov 20 15:55:10 other CRON[1]: x\nNov 20 15:55:11 web-1 last message repeated 2 times\n`
    const read = importText(text)
    expect(weight(failures(read))).toBe(3)
    expect(read.records[1]?.event).toMatchObject({
      repeat: 2,
      ip: '1.2.3.4',
      actor: { name: 'root' },
      actionRaw: 'Failed password',
      attributes: { message: 'last message repeated 2 times' },
    })
    expect(read.skipped).toBe(1)
  })

  it('twice in a row stands for the same line', () => {
    const again = 'Nov 20 15:55:11 web-1 last message repeated 2 times\n'
    expect(weight(failures(importText(failed + again + again)))).toBe(5)
  })

  it('is skipped after a line of another program', () => {
    const text = `${failed}Nov 20 15:55:10 web-1 kernel: x\nNov 20 15:55:11 web-1 last message repeated 2 times\n`
    const read = importText(text)
    expect(read.records).toHaveLength(1)
    expect(read.skipped).toBe(2)
  })
})
