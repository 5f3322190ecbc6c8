import { describe, expect, it } from 'vitest'
import { failures, importText, onlyEvent } from './reading'

const event = (program: string, message: string) => onlyEvent(`Nov 20 15:55:09 h ${program}: ${message}\n`)

describe('sudo', () => {
  it('a command run as another user', () => {
    const command = '/usr/bin/cat /etc/shadow ; USER=x ; COMMAND=y'
    expect(event('sudo[5]', `   alice : TTY=pts/0 ; PWD=/home/a b ; USER=root ; COMMAND=${command}`)).toMatchObject({
      category: 'sudo',
      action: 'sudo',
      actionRaw: 'COMMAND',
      outcome: 'success',
      outcomeBasis: 'reported',
      severity: 'warning',
      actor: { name: 'alice', kind: 'user' },
      onBehalf: 'root',
      command,
      attributes: { tty: 'pts/0', pwd: '/home/a b', pid: '5', program: 'sudo' },
    })
  })

  it.each(['command not allowed', '3 incorrect password attempts', 'user NOT in sudoers', 'a password is required'])(
    '%s is a refusal',
    (reason) => {
      expect(event('sudo', `  bob : ${reason} ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/id`)).toMatchObject({
        category: 'sudo',
        action: 'sudo',
        actionRaw: reason,
        outcome: 'failure',
        reason,
        severity: 'warning',
        actor: { name: 'bob' },
        command: '/bin/id',
      })
    },
  )

  it('its lines of PAM', () => {
    const failure = 'logname=bob uid=1000 euid=0 tty=/dev/pts/1 ruser=bob rhost=  user=bob'
    expect(event('sudo[1]', `pam_unix(sudo:auth): authentication failure; ${failure}`)).toMatchObject({
      category: 'sudo',
      action: 'authenticate',
      outcome: 'failure',
      actor: { name: 'bob' },
      attributes: { logname: 'bob', uid: '1000', euid: '0', tty: '/dev/pts/1', ruser: 'bob' },
    })
    const opened = 'pam_unix(sudo:session): session opened for user root(uid=0) by bob(uid=1000)'
    expect(event('sudo', opened)).toMatchObject({
      category: 'session',
      action: 'session_open',
      actor: { name: 'root' },
      attributes: { by: 'bob(uid=1000)', uid: '0' },
      severity: 'info',
    })
  })

  it('pkexec and doas', () => {
    const fields = '[USER=root] [TTY=/dev/pts/0] [CWD=/home/bob]'
    expect(event('pkexec[1]', `bob: Executing command ${fields} [COMMAND=/bin/x y]`)).toMatchObject({
      category: 'sudo',
      action: 'pkexec',
      onBehalf: 'root',
      command: '/bin/x y',
      outcome: 'success',
    })
    const refused = `bob: Error executing command as another user: Not authorized ${fields} [COMMAND=/bin/x]`
    expect(event('pkexec[1]', refused)).toMatchObject({ outcome: 'failure', reason: 'Not authorized' })
    expect(event('doas', 'bob ran command ls -l as root from /home/bob')).toMatchObject({
      action: 'doas',
      command: 'ls -l',
      onBehalf: 'root',
    })
    expect(event('doas', 'command not permitted for bob: ls')).toMatchObject({ outcome: 'failure', command: 'ls' })
  })
})

describe('accounts and groups', () => {
  it.each([
    ['useradd[1]', 'new user: name=bob, UID=1001, GID=1001, home=/home/bob', 'user_create', 'warning', 'bob'],
    ['userdel[1]', "delete user 'bob'", 'user_delete', 'warning', 'bob'],
    ['usermod[1]', "change user 'bob' password", 'password_change', 'warning', 'bob'],
    ['usermod[1]', "change user 'bob' shell from '/bin/sh' to '/bin/zsh'", 'user_change', 'info', 'bob'],
    ['passwd[1]', 'pam_unix(passwd:chauthtok): password changed for bob', 'password_change', 'warning', 'bob'],
    ['passwd(pam_unix)[1]', 'password changed for bob', 'password_change', 'warning', 'bob'],
    ['chpasswd[1]', 'pam_unix(chpasswd:chauthtok): password changed for bob', 'password_change', 'warning', 'bob'],
    ['groupadd[1]', 'new group: name=ops, GID=1002', 'group_create', 'info', 'ops'],
    ['groupdel[1]', "group 'ops' removed", 'group_delete', 'info', 'ops'],
    ['usermod[1]', "add 'bob' to group 'ops'", 'group_add', 'warning', 'bob'],
    ['usermod[1]', "add 'bob' to group 'sudo'", 'group_add', 'critical', 'bob'],
    ['gpasswd[1]', 'user bob added by root to group wheel', 'group_add', 'critical', 'bob'],
    ['gpasswd[1]', 'user bob removed by root from group wheel', 'group_remove', 'warning', 'bob'],
    ['chage[1]', 'changed password expiry for bob', 'user_change', 'info', 'bob'],
    ['chsh[1]', "changed user 'bob' shell to '/bin/zsh'", 'user_change', 'info', 'bob'],
  ])('%s: %s', (...row) => {
    const [program, message, action, severity, target] = row
    const found = event(program, message)
    expect(found).toMatchObject({ action, severity, outcome: 'success', target: { name: target } })
    expect(message).toContain(found.actionRaw)
    expect(found.actionRaw).not.toBe('')
  })

  it('a user that could not be made', () => {
    const found = event('useradd[1]', "failed adding user 'bob', exit code: 9")
    expect(found).toMatchObject({ action: 'user_create', outcome: 'failure', attributes: { exit_code: '9' } })
  })

  it('what a new user is made of', () => {
    const found = event('useradd[1]', 'new user: name=bob, UID=1001, GID=1001, home=/home/bob, shell=/bin/sh')
    expect(found.attributes).toMatchObject({ uid: '1001', gid: '1001', home: '/home/bob', shell: '/bin/sh' })
  })
})

describe('other ways in', () => {
  it('su', () => {
    const worked = event('su[1]', '(to root) bob on pts/0')
    expect(worked).toMatchObject({ action: 'su', onBehalf: 'root', outcome: 'success' })
    const failed = event('su[1]', 'FAILED SU (to root) bob on pts/0')
    expect(failed).toMatchObject({ action: 'su', outcome: 'failure', severity: 'warning' })
    expect(event('su[1]', 'FAILED su for root by bob')).toMatchObject({ outcome: 'failure', actor: { name: 'bob' } })
    expect(event('su(pam_unix)[1]', 'session opened for user news by (uid=0)')).toMatchObject({
      category: 'session',
      actor: { name: 'news' },
    })
  })

  it('a console is no sign-in over the network', () => {
    const failure = 'authentication failure; logname=LOGIN uid=0 euid=0 tty=tty1 ruser= rhost=  user=root'
    const read = importText(
      `Nov 20 15:55:09 h login(pam_unix)[1]: ${failure}\n` +
        'Nov 20 15:55:09 h login[1]: FAILED LOGIN 1 FROM (null) FOR root, Authentication failure\n' +
        `Nov 20 15:55:09 h gdm-password][1]: pam_unix(gdm-password:auth): ${failure}\n`,
    )
    expect(read.records.map((record) => record.event.action)).toEqual(['authenticate', 'console_login', 'authenticate'])
    expect(failures(read)).toHaveLength(0)
    expect(read.records[1]?.event).toMatchObject({ outcome: 'failure', actor: { name: 'root' } })
    const root = event('login[1]', "ROOT LOGIN  on '/dev/tty1'")
    expect(root).toMatchObject({ action: 'console_login', outcome: 'success', actor: { name: 'root' } })
  })

  it('cron and the greeters only through PAM', () => {
    const opened = 'pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)'
    expect(event('CRON[1]', opened).action).toBe('session_open')
    const others = 'Nov 20 15:55:09 h CRON[1]: (root) CMD (x)\nNov 20 15:55:09 h gdm-binary[1]: x\n'
    expect(importText(others).skipped).toBe(2)
  })

  it('systemd-logind and polkit', () => {
    expect(event('systemd-logind[1]', 'New session 12 of user bob.')).toMatchObject({
      category: 'session',
      action: 'session_start',
      session: '12',
      actor: { name: 'bob' },
    })
    expect(event('systemd-logind[1]', 'Session 12 logged out. Waiting for processes to exit.')).toMatchObject({
      action: 'logout',
      session: '12',
    })
    expect(event('systemd-logind[1]', 'Removed session 12.')).toMatchObject({ action: 'session_end', session: '12' })
    const rest = 'for action org.x for unix-process:1:2 [pkexec id] (owned by unix-user:bob)'
    const failed = `Operator of unix-session:1 FAILED to authenticate to gain authorization ${rest}`
    expect(event('polkitd[1]', failed)).toMatchObject({
      category: 'privilege',
      action: 'authorize',
      outcome: 'failure',
      actor: { name: 'bob' },
      attributes: { polkitAction: 'org.x', process: 'unix-process:1:2 [pkexec id]' },
    })
    const gained = 'successfully authenticated as unix-user:root to gain ONE-SHOT authorization'
    expect(event('polkitd[1]', `Operator of unix-session:1 ${gained} ${rest}`)).toMatchObject({
      outcome: 'success',
      onBehalf: 'root',
      actor: { name: 'bob' },
    })
  })
})
