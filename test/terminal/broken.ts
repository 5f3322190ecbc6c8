import type { Random } from '../backend/random'

// Without `CSI ? 7 l`: what xterm then makes of wide characters at the border depends on how they are cut into writes.
const FRAGMENTS = [
  '\x1b', '\x1b[', '\x1b]', '\x1b]0;', '\x1bP', '\x1bPq', '\x1bP$q', '\x1b_', '\x1b^', '\x1bX', '\x1b\\', '\x07',
  '\x18', '\x1a', '\x9b', '\xc2\x9b', '\xc2\x9d', '\xc2\x90', '\xc2\x9c', '\xc2\x98', '\xc2\x85', '\xc2', '\xe2',
  '\xe2\x82', '\xf0\x9f', '\xff', '\xe4\xb8\xad', '\xcc\x81', '\xf0\x9f\x98\x80', '\xef\xbb\xbf', '\xed\xa0\x80',
  '\xc0\x9b', '\0', '\x7f', '\x0e', '\x0f', '\x08', '\r', '\n', '\t', '\x1b7', '\x1b8', '\x1bc', '\x1bM', '\x1bD',
  '\x1bE', '\x1bH', '\x1b(0', '\x1b(B', '\x1b)0', '\x1bn', '\x1b#8', '\x1b[?1049h', '\x1b[?1049l', '\x1b[?47h',
  '\x1b[?6h', '\x1b[4h', '\x1b[?25;2026;1002h', '\x1b[5;10r', '\x1b[r', '\x1b[999S', '\x1b[999T', '\x1b[5L',
  '\x1b[999M', '\x1b[999@', '\x1b[3P', '\x1b[999X', '\x1b[40I', '\x1b[9999Z', '\x1b[7b', '\x1b[3J', '\x1b[!p',
  '\x1b[38;5;9m', '\x1b[48:2::1:2:3m', '\x1b[4:3m', '\x1b[1"q', '\x1b[?2J', '\x1b[5\n;3H', '\x1b[1;;9H', '\x1b[2 @',
  "\x1b[2'}", '999', ';', ':', '?', ' ', '"',
] as const

/** Five digits in a row for xterm, whatever stands between them: alone it takes hours for ten. */
const LARGE = /(?:\d[^\x1b-\x7e]*){4}(?=\d)/g

/** Some of a real recording, broken. */
export function broken(source: Buffer, random: Random): Buffer {
  const from = random.int(Math.max(source.length - 200, 1))
  let bytes = Buffer.from(source.subarray(from, from + 50 + random.int(1500)))
  for (let times = 1 + random.int(12); times > 0; times--) {
    const at = random.int(bytes.length + 1)
    const end = at + random.int(20)
    const [before, middle, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)]
    const fragment = Buffer.from(random.pick(FRAGMENTS), 'latin1')
    const put = random.pick([random.bytes(1 + random.int(3)), fragment, middle, Buffer.alloc(0)])
    bytes = Buffer.concat(random.chance(0.5) ? [before, put, middle, after] : [before, put, after])
  }
  return Buffer.from(bytes.toString('latin1').replace(LARGE, '999;'), 'latin1')
}
