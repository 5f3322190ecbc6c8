import { expect, it } from 'vitest'
import { simpleCommands } from '../../../src/backend/detect/command-parts'

it.each([
  ['ls -l', [['/usr/bin/ls', 'ls -l']]],
  ['a; b && c || d | e & f', [['/usr/bin/a', 'a'], ['/usr/bin/b', 'b'], ['/usr/bin/c', 'c'], ['/usr/bin/d', 'd'], ['/usr/bin/e', 'e'], ['/usr/bin/f', 'f']]],
  ['a\nb', [['/usr/bin/a', 'a'], ['/usr/bin/b', 'b']]],
  [`echo 'a; b' "c | d"; e`, [['/usr/bin/echo', `echo 'a; b' "c | d"`], ['/usr/bin/e', 'e']]],
  [String.raw`echo a\; b`, [['/usr/bin/echo', String.raw`echo a\; b`]]],
  ['A=1 B="x y" env -u C nohup time exec /bin/x -v', [['/bin/x', '/bin/x -v']]],
  ['sudo -u bob -E -- cat /x', [['/usr/bin/cat', 'cat /x']]],
  ['busybox wget x', [['/usr/bin/wget', 'wget x']]],
  ['sudo -l', [['/usr/bin/sudo', 'sudo -l']]],
  ['a > f 2>&1 && b &> g', [['/usr/bin/a', 'a > f 2>&1'], ['/usr/bin/b', 'b &> g']]],
  ['(a; { b; })', [['/usr/bin/a', 'a'], ['/usr/bin/b', 'b']]],
  ['', []],
  ["'open quote ; a", [["/usr/bin/'open", "'open quote ; a"]]],
])('%s', (line, expected) => {
  expect(simpleCommands(line).map(({ image, line: rest }) => [image, rest])).toEqual(expected)
})

it('is done with a hostile line at once', () => {
  expect(simpleCommands('a;'.repeat(100_000)).length).toBeLessThanOrEqual(64)
  expect(simpleCommands(`${'A=1 '.repeat(100_000)}x`).length).toBeLessThanOrEqual(1)
  expect(simpleCommands('sudo '.repeat(100_000)).length).toBeLessThanOrEqual(1)
})
