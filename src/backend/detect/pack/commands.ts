/**
 * Lines that people type on machines and rarely mean well. They look at the whole line, not at its parts: a line that
 * fetches and one that runs what was fetched are one.
 */
export const COMMAND_RULES = String.raw`
title: Key added to those that may sign in
id: cmd.authorized_keys
level: high
tags: [attack.t1098.004]
logsource: { product: recount, category: command_line }
detection:
  line:
    command|re: '(?:>|\b(?:tee|cp|mv|dd|install)\b|\bsed\b[^|;&]{0,60}-i)[^|;&]{0,300}authorized_keys'
  condition: line
---
title: File locked against change
id: cmd.chattr
level: medium
tags: [attack.t1222.002]
logsource: { product: recount, category: command_line }
detection:
  line:
    command|re: '\bchattr\b[^|;&]{0,60}\s[+-][a-zA-Z]{0,5}[ia]'
  condition: line
---
title: Program fetched or put in a scratch folder and made runnable
id: cmd.download_execute
level: high
tags: [attack.t1105, attack.t1222.002]
logsource: { product: recount, category: command_line }
detection:
  fetched:
    command|re: '(?s)\b(?:curl|wget|scp|tftp|ftpget)\b.{0,600}\bchmod\b[^|;&\n]{0,40}(?:\+[rwx]{0,2}x|[1357][0-7]{2}\b)'
  scratch:
    command|re: '\bchmod\b[^|;&]{0,60}(?:\+[rwx]{0,2}x|[0-7]?7[0-7]{2})\s+["'']?(?:/tmp|/var/tmp|/dev/shm)/'
  run:
    command|re: '(?:^|[;&|]\s{0,4})(?:nohup\s+|sudo\s+)?(?:/dev/shm|/var/tmp|/tmp)/[^\s;&|]+'
  condition: 1 of them
---
title: Account or password changed by hand
id: cmd.account
level: medium
tags: [attack.t1136.001, attack.t1098]
logsource: { product: recount, category: command_line }
detection:
  line:
    command|re: '(?:^|[;&|(\n]\s{0,4}|\bsudo\s{1,4})(?:/usr)?(?:/s?bin/)?(?:useradd|adduser|usermod|userdel|deluser|groupadd|groupmod|gpasswd|chpasswd|newusers|pw\s+(?:useradd|usermod|userdel)|passwd\s+[-a-z])'
  condition: line
---
title: Rights of sudo widened
id: cmd.sudoers
level: high
tags: [attack.t1548.003]
logsource: { product: recount, category: command_line }
detection:
  free:
    command|contains: 'NOPASSWD'
  file:
    command|re: '(?:>|\b(?:tee|cp|mv|install)\b|\bsed\b[^|;&]{0,60}-i)[^|;&]{0,300}/etc/sudoers'
  cached:
    command|re: '!tty_tickets|timestamp_timeout=-1'
  condition: 1 of them
---
title: File with credentials read
id: cmd.credential_files
level: high
tags: [attack.t1003.008, attack.t1552.001]
logsource: { product: recount, category: command_line }
detection:
  system:
    command|re: '/etc/(?:g?shadow|security/opasswd|master\.passwd|krb5\.keytab)\b|/proc/[^\s/]{1,20}/(?:mem|maps)\b'
  own:
    command|re: '\b(?:cat|less|more|head|tail|cp|mv|scp|rsync|tar|zip|gzip|base64|xxd|curl|grep|find|strings)\b[^;]{0,300}(?:\.ssh/id_(?:rsa|dsa|ecdsa|ed25519)(?!\.pub)|\.aws/credentials|\.git-credentials|\.docker/config\.json|\.kube/config|\.pgpass|\.netrc|\.mozilla/firefox|Login Data)'
  looked:
    command|re: '(?i)\b(?:grep|find)\b[^;|]{0,200}(?:\bpasswords?\b[^;|]{0,60}/etc|id_rsa|\*\.pem|\*\.p12|\*\.pfx|\.keytab)'
  dumped:
    command|contains: [mimipenguin, LaZagne, gcore, 'unshadow ']
  condition: 1 of them
---
title: Something set up to run again by itself
id: cmd.persistence
level: medium
tags: [attack.t1053.003, attack.t1543.002, attack.t1546.004]
logsource: { product: recount, category: command_line }
detection:
  cron:
    command|re: '\|\s{0,4}(?:sudo\s{1,4})?crontab\b|\bcrontab\s+(?:-u\s+\S{1,40}\s+)?(?:-|/?[\w.$"''/{#}]{1,200})\s*$'
  files:
    command|re: '(?:>|\b(?:tee|cp|mv|ln|install|touch)\b|\bsed\b[^|;&]{0,60}-i)[^|;&]{0,300}(?:/etc/cron|/var/spool/cron|/etc/systemd/system|/usr/lib/systemd/system|/etc/init\.d/|/etc/rc\.local|/etc/rc\.common|/etc/profile\b|/etc/profile\.d/|/etc/ld\.so\.preload|/etc/pam\.d/|\.bash_profile|\.bash_login|\.bashrc|\.zshrc|\.config/autostart|/etc/update-motd\.d|/etc/emond|udev/rules\.d)'
  at:
    command|re: '\|\s{0,4}at\s+(?:now|[0-9])|\bsystemd-run\b'
  condition: 1 of them
---
title: Script run as it is fetched
id: cmd.pipe_to_shell
level: high
tags: [attack.t1059.004, attack.t1105]
logsource: { product: recount, category: command_line }
detection:
  piped:
    command|re: '\b(?:curl|wget|fetch)\b[^;\n]{0,400}\|\s{0,4}(?:sudo\s{1,4}(?:-\S{1,10}\s{1,4})?)?(?:/\S{0,20}/)?(?:ba|z|da|k|a)?sh\b'
  inside:
    command|re: '(?:\b(?:ba|z|da|k)?sh\b|\beval\b|\bsource\b)[^;\n]{0,20}(?:<\(|\$\(|\x60)\s{0,4}(?:curl|wget)\b'
  other:
    command|re: '\b(?:curl|wget)\b[^;\n]{0,400}\|\s{0,4}(?:sudo\s{1,4})?(?:python[0-9.]{0,4}|perl|ruby|php|node)\b'
  condition: 1 of them
---
title: Traces of what was done removed
id: cmd.log_tamper
level: high
tags: [attack.t1070.002, attack.t1070.003]
logsource: { product: recount, category: command_line }
detection:
  history:
    command|re: '\bhistory\s+-[cdw]|\bunset\s+HIST|\bHIST(?:FILE|SIZE|FILESIZE)=(?:/dev/null|0|""|''''|\s|$)|\bset\s+\+o\s+history|HISTCONTROL=ignore|(?:\brm\b|\bshred\b|\btruncate\b|\bunlink\b|>|\bln\b|\bcp\s+/dev/null)[^;&|]{0,80}_history\b'
  logs:
    command|re: '(?:\b(?:rm|shred|truncate|unlink)\b|(?:^|[;&|\s])(?:cat\s+/dev/null|echo|true|:)?\s{0,4}[^0-9&]>\s{0,4}|\bsed\b[^|;&]{0,60}-i)[^;&|>]{0,160}/var/(?:log|spool/mail|adm)\b'
  journal:
    command|re: '\bjournalctl\b[^;&|]{0,60}--vacuum|\bauditctl\s+-[De]\b|\bwtmp(?:clean|dump)\b'
  times:
    command|re: '\btouch\b[^;&|]{0,80}\s(?:-r|--reference|-[acm]{0,3}t)\b[^;&|]{0,80}(?:/(?:bin|etc|usr|tmp|var)/|#\{)'
  condition: 1 of them
---
title: Data or disks destroyed
id: cmd.destructive
level: critical
tags: [attack.t1485, attack.t1561]
logsource: { product: recount, category: command_line }
detection:
  root:
    command|re: '\brm\s+(?:-\S{1,20}\s+){1,4}(?:/|/\*|/(?:bin|boot|etc|home|lib|root|usr|var)/?)(?:\s|$)'
  forced:
    command|contains: '--no-preserve-root'
  disk:
    command|re: '\bmkfs(?:\.\w{1,8})?\s[^;&|]{0,80}/dev/(?:sd|nvme|vd|xvd)|\bdd\b[^;&|]{0,160}\bof=/dev/(?:sd|nvme|vd|xvd|hd)|>\s{0,4}/dev/(?:sd|nvme|vd|xvd)|\b(?:shred|wipefs)\b[^;&|]{0,80}/dev/(?:sd|nvme|vd|xvd|hd|mapper)'
  bomb:
    command|re: ':\(\)\s{0,4}\{\s{0,4}:\s{0,4}\|\s{0,4}:'
  condition: 1 of them
---
title: Program given the rights of its owner
id: cmd.setuid
level: high
tags: [attack.t1548.001]
logsource: { product: recount, category: command_line }
detection:
  mode:
    command|re: '\bchmod\s+(?:-\S{1,12}\s+){0,3}(?:(?:ug?|a)?[+=][rwxX]{0,3}s|0?[467][0-7]{3}\b)'
  capability:
    command|re: '\bsetcap\b[^;&|]{0,40}cap_'
  condition: 1 of them
---
title: Guard switched off
id: cmd.security_stop
level: high
tags: [attack.t1562.001, attack.t1562.004]
logsource: { product: recount, category: command_line }
detection:
  service:
    command|re: '\b(?:systemctl|service|rc-service|chkconfig|update-rc\.d|killall|pkill)\b[^;&|\n]{0,80}\b(?:auditd|rsyslogd?|syslog(?:-ng|d)?|systemd-journald|firewalld|ufw|iptables|ip6tables|nftables|apparmor|selinux|fail2ban|falcon-sensor|clamav\S{0,20}|osqueryd?|wazuh\S{0,20}|ossec\S{0,20}|auoms|sysmon|cbdaemon|cbagentd|mdatp|esets|xagt|td-agent|filebeat|auditbeat)\b'
  stopped:
    command|re: '\b(?:stop|disable|mask|off|remove|killall|pkill|kill)\b'
  direct:
    command|re: '\bsetenforce\s+(?:0|permissive)|SELINUX=(?:disabled|permissive)|\bauditctl\s+-(?:D|e\s*0)|\bip6?tables\b[^;&|]{0,40}\s(?:-F|--flush|-X|-D|--delete)\b|\bip6?tables\s+-P\s+\w+\s+ACCEPT|\bufw\s+(?:disable|reset|delete)|\bnft\s+flush|\baa-(?:disable|teardown)\b|\bnetsh\b|\bpfctl\s+-d|\besetuninstall|\bsetsebool\b'
  watch:
    command|re: '\becho\b[^;&|]{0,40}>\s{0,4}/proc/sys/(?:kernel|fs)/|\bsysctl\b[^;&|]{0,40}(?:randomize_va_space|kptr_restrict|dmesg_restrict)\s{0,4}=\s{0,4}0'
  condition: (service and stopped) or direct or watch
---
title: Encoded text run as a program
id: cmd.encoded
level: high
tags: [attack.t1027, attack.t1140]
logsource: { product: recount, category: command_line }
detection:
  piped:
    command|re: '\b(?:base64\s+(?:-d|-D|--decode)|base32\s+-d|xxd\s+(?:-\w\s+){0,3}-r|openssl\s+(?:enc\s+)?-?base64\s+-d|uudecode)\b[^;\n]{0,200}(?:\|\s{0,4}(?:sudo\s{1,4})?(?:(?:ba|z|da|k)?sh|python[0-9.]{0,4}|perl)\b|>\s{0,4}\S+)'
  coded:
    command|re: '\b(?:b64decode|decode_base64|base64_decode|from_base64)\b'
  hex:
    command|re: '(?:\\x[0-9a-fA-F]{2}){6}'
  condition: 1 of them
---
title: Shell offered to another machine
id: cmd.reverse_shell
level: critical
tags: [attack.t1059.004, attack.t1071]
logsource: { product: recount, category: command_line }
detection:
  device:
    command|re: '/dev/(?:tcp|udp)/[^\s/]{1,80}/'
  netcat:
    command|re: '\b(?:nc|ncat|netcat)\b[^;\n]{0,120}\s(?:-\w{0,6}[ec]\b\s{0,4}\S{0,20}(?:sh|cmd)\b|--(?:sh-)?exec\b)|\bnc\b[^;\n|]{0,80}-\w{0,4}l\w{0,4}p?\b[^;\n]{0,80}(?:\||<|>)'
  pipe:
    command|re: '\bmkfifo\b[^\n]{0,200}\b(?:nc|ncat|telnet|openssl)\b|\bsocat\b[^;\n]{0,200}(?:exec|EXEC)'
  interpreter:
    command|re: '\b(?:python[0-9.]{0,4}|perl|ruby|php|lua|awk|gawk)\b[^\n]{0,200}(?:socket|fsockopen|TCPSocket|/inet/tcp|pty\.spawn)'
  condition: 1 of them
---
title: Code put beneath other programs
id: cmd.preload
level: high
tags: [attack.t1547.006, attack.t1574.006]
logsource: { product: recount, category: command_line }
detection:
  module:
    command|re: '(?:^|[;&|(\n]\s{0,4}|\bsudo\s{1,4})(?:/usr)?(?:/s?bin/)?(?:insmod|rmmod|modprobe|kextload|kmod\s+(?:load|install))\s'
  library:
    command|re: '\bLD_PRELOAD=|ld\.so\.preload'
  trace:
    command|re: '\b(?:gdb|strace)\b[^;&|]{0,60}\s(?:-p|--pid)\b'
  condition: 1 of them
---
title: Files sent out by hand
id: cmd.sent_out
level: medium
tags: [attack.t1048]
logsource: { product: recount, category: command_line }
detection:
  web:
    command|re: '\bcurl\b[^;|\n]{0,300}\s(?:-T|--upload-file|-F|--form|--data-binary|-d|--data)\s{0,4}[''"]?\S{0,40}@'
  listed:
    command|re: '\b(?:tar|zip|gzip|cat|dd)\b[^;\n]{0,200}\|\s{0,4}(?:nc|ncat|openssl\s+s_client|curl)\b'
  address:
    command|re: '\b(?:scp|rsync|sftp)\b[^;|\n]{0,200}@\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:'
  condition: 1 of them
---
title: Network or machine scouted
id: cmd.scan
level: low
tags: [attack.t1046]
logsource: { product: recount, category: command_line }
detection:
  line:
    command|re: '(?:^|[;&|(\n]\s{0,4}|\bsudo\s{1,4})(?:nmap|masscan|zmap|rustscan|linpeas\S{0,10}|enum4linux|tcpdump|tshark)\b'
  condition: line
`
