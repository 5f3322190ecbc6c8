import { expect, it } from 'vitest'
import { runOwn, storeOf } from './a-detection'

// Whoever types a command chooses what the rules must read: each of these words again and again is what makes their
// expressions try the most.
const WORDS = [
  'curl ', 'wget x ', 'chmod ', 'chmod +r', '> ', 'tee ', 'sed -i ', 'rm -a ', 'cat ', 'grep x ', 'echo >', 'base64 -d ', 'openssl ', 'nc -l ', 'nc -x ',
  'python ', 'mkfifo ', 'socat ', 'crontab -u x ', 'history', 'touch ', '_history', 'dd ', 'mkfs ', 'shred ', 'service ', 'systemctl x ', 'iptables ', 'sudo ',
  '(', '; ', ' ', '|', '\\x41', '-', '/', 'tar |', 'scp ', 'eval $(', 'bash <', '\n', 'awk ', '(curl', '/dev/tcp/', 'usermod', 'authorized_keys ',
]
const LONG = 9000

it('lines made to be slow to read come to an end', async () => {
  const lines = WORDS.map((word) => word.repeat(Math.ceil(LONG / word.length)))
  const mixed = WORDS.map((word, i) => `${word}${WORDS[(i * 7 + 3) % WORDS.length]}`.repeat(LONG / 20))
  const store = await storeOf([...lines, ...mixed].map((command) => ({ category: 'command', command })))
  expect(runOwn(store).length).toBeGreaterThan(0)
})
