/** Which reader of messages a program's lines go to. */
export type Family = 'sshd' | 'sudo' | 'su' | 'accounts' | 'logind' | 'polkit' | 'login' | 'pam-only'

const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['sshd', 'sshd'],
  ['sshd-session', 'sshd'],
  ['sshd-auth', 'sshd'],
  ['sudo', 'sudo'],
  ['pkexec', 'sudo'],
  ['doas', 'sudo'],
  ['su', 'su'],
  ['useradd', 'accounts'],
  ['userdel', 'accounts'],
  ['usermod', 'accounts'],
  ['groupadd', 'accounts'],
  ['groupdel', 'accounts'],
  ['groupmod', 'accounts'],
  ['gpasswd', 'accounts'],
  ['chage', 'accounts'],
  ['chsh', 'accounts'],
  ['chfn', 'accounts'],
  ['newgrp', 'accounts'],
  ['passwd', 'accounts'],
  ['chpasswd', 'accounts'],
  ['systemd-logind', 'logind'],
  ['polkitd', 'polkit'],
  ['login', 'login'],
  ['unix_chkpwd', 'login'],
  ['CRON', 'pam-only'],
  ['cron', 'pam-only'],
  ['crond', 'pam-only'],
])

const PAM_SUFFIX = '(pam_unix)'

/** The family of a syslog tag, or null for a program whose lines are not read. */
export function familyOf(tag: string): Family | null {
  const family = FAMILIES.get(tag)
  if (family !== undefined) return family
  if (tag.endsWith(PAM_SUFFIX)) return familyOf(tag.slice(0, -PAM_SUFFIX.length))
  // GNOME's own tag is `gdm-password]`.
  return tag.startsWith('gdm') || tag.startsWith('lightdm') ? 'pam-only' : null
}
