import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../src/language'
import { parsed, parsedShape, spanText } from './shape'

const day = Date.UTC(2026, 1, 6)
const DAY = 86_400_000
const PLAIN_FIELDS =
  'machine target client tenant project session approval source connection stream reason'.split(' ')

describe('precedence', () => {
  it.each([
    ['', 'all'],
    [' \t\n\u00a0', 'all'],
    ['a', 'text:a'],
    ['a b', 'and(text:a, text:b)'],
    ['a AND b', 'and(text:a, text:b)'],
    ['a b AND c', 'and(text:a, text:b, text:c)'],
    ['a OR b', 'or(text:a, text:b)'],
    ['a b OR c d', 'or(and(text:a, text:b), and(text:c, text:d))'],
    ['a OR b c', 'or(text:a, and(text:b, text:c))'],
    ['a OR b AND c OR d', 'or(text:a, and(text:b, text:c), text:d)'],
    ['(a OR b) c', 'and(or(text:a, text:b), text:c)'],
    ['NOT a b', 'and(not(text:a), text:b)'],
    ['NOT a OR b', 'or(not(text:a), text:b)'],
    ['-a b', 'and(not(text:a), text:b)'],
    ['a AND NOT b', 'and(text:a, not(text:b))'],
    ['NOT (a b)', 'not(and(text:a, text:b))'],
    ['-(a OR b) c', 'and(not(or(text:a, text:b)), text:c)'],
    ['NOT NOT a', 'not(not(text:a))'],
    ['NOT -a', 'not(not(text:a))'],
    ['-"a b"', 'not(text:a b)'],
    ['-outcome:success', 'not(outcome:success)'],
    ['-exit>0', 'not(exit:>0)'],
    ['((a))', 'text:a'],
    ['a (b (c d))', 'and(text:a, text:b, text:c, text:d)'],
    ['a OR (b OR c)', 'or(text:a, text:b, text:c)'],
    ['a(b)c', 'and(text:a, text:b, text:c)'],
    ['and or not', 'and(text:and, text:or, text:not)'],
    ['And ANDROID', 'and(text:And, text:ANDROID)'],
    ['user:AND', 'user:AND'],
  ])('%s', (text, expected) => {
    expect(parsedShape(text)).toBe(expected)
  })

  it('reads the example of the design', () => {
    const text =
      'user:akim action:login* -outcome:success ip:203.0.113.0/24 "role changed" exit>0 ' +
      '(machine:db-* OR machine:web-01)'
    expect(parsedShape(text)).toBe(
      'and(user:akim, action:~login*, not(outcome:success), ip:#203.0.113.0/24, text:role changed, exit:>0, ' +
        'or(machine:~db-*, machine:web-01))',
    )
  })
})

describe('words', () => {
  it.each([
    ['user:x', 'user:x'],
    ['USER:x', 'user:x'],
    ['user:x*', 'user:~x*'],
    ['user:a?b', 'user:~a?b'],
    ['user:"a*"', 'user:a*'],
    ['user:(a b)', 'user:a|b'],
    ['user:( a OR "b c" /d/ )', 'user:a|b c|/d/'],
    ['user:("AND" "OR")', 'user:AND|OR'],
    ['user:a@b.example', 'user:a@b.example'],
    ['user:"a b"', 'user:a b'],
    ['user:"say \\"x\\" \\\\ C:\\temp"', 'user:say "x" \\ C:\\temp'],
    ['user:""', 'user:'],
    ['user:-x', 'user:-x'],
    ['user:*', 'user:~*'],
    ['-user:*', 'not(user:~*)'],
    ['user:日本', 'user:日本'],
    ['user:x:y', 'user:x:y'],
    ['ip:203.0.113.7', 'ip:203.0.113.7'],
    ['ip:203.0.113.0/24', 'ip:#203.0.113.0/24'],
    ['ip:2001:db8::1', 'ip:2001:db8::1'],
    ['ip:::1', 'ip:::1'],
    ['ip:2001:db8::/32', 'ip:#2001:db8::/32'],
    ['ip:::ffff:10.0.0.1', 'ip:::ffff:10.0.0.1'],
    ['ip:fe80::1%eth0', 'ip:fe80::1%eth0'],
    ['ip:10.0.*', 'ip:~10.0.*'],
    ['ip:(10.0.0.0/8 ::1)', 'ip:#10.0.0.0/8|::1'],
    ['ip:host.example', 'ip:host.example'],
    ['ip:"300.1.1.1"', 'ip:300.1.1.1'],
    ...PLAIN_FIELDS.flatMap((field) => [
      [`${field}:x`, `${field}:x`],
      [`${field}:x-*`, `${field}:~x-*`],
    ]),
    ['category:authentication', 'category:authentication'],
    ['severity:Critical', 'severity:Critical'],
    ['outcome:(failure unknown)', 'outcome:failure|unknown'],
    ['outcome:s*', 'outcome:~s*'],
    ['basis:derived', 'basis:derived'],
    ['action:login*', 'action:~login*'],
    ['command:rm*', 'command:rm*'],
    ['command:/usr/bin/sudo', 'command:/usr/bin/sudo'],
    ['command:/tmp command:/etc/', 'and(command:/tmp, command:/etc/)'],
    ['(command:/tmp) OR "x/"', 'or(command:/tmp, text:x/)'],
    ['command:/rm -rf/', 'command:/rm -rf/'],
    ['command:*', 'command:~*'],
    ['text:x', 'text:x'],
    ['text:(x "y z")', 'text:x|y z'],
    ['text:/x (y|z)/i', 'text:/x (y|z)/i'],
    ['x*', 'text:x*'],
    ['*', 'text:~*'],
    ['"a phrase"', 'text:a phrase'],
    ['/tmp/', 'text:/tmp/'],
    ['--force', 'text:--force'],
    ['uid=0', 'text:uid=0'],
    ['a>b', 'text:a>b'],
    ['12:34:56', 'text:12:34:56'],
    ['2001:db8::1', 'text:2001:db8::1'],
    ['fe80::1', 'text:fe80::1'],
    ['sshd[12]:', 'text:sshd[12]:'],
    ['exit', 'text:exit'],
    ['💥 ünï', 'and(text:💥, text:ünï)'],
    ['field.NAME:x', '@NAME:x'],
    ['FIELD.a.b-c:x*', '@a.b-c:~x*'],
    ['field."a: b":(x y)', '@a: b:x|y'],
    ['-field.x:*', 'not(@x:~*)'],
    ['exit:>0', 'exit:>0'],
    ['exit>0', 'exit:>0'],
    ['exit:0', 'exit:=0'],
    ['exit=0', 'exit:=0'],
    ['exit:=0', 'exit:=0'],
    ['exit:-1', 'exit:=-1'],
    ['exit>-1', 'exit:>-1'],
    ['exit:(1 >125)', 'exit:=1|>125'],
    ['exit:*', 'exit:any'],
    ['EXIT<=2', 'exit:<=2'],
    ['repeat:>1', 'repeat:>1'],
    ['repeat>=5', 'repeat:>=5'],
    ['repeat<"5"', 'repeat:<5'],
    ['duration:>5m', 'duration:>300000'],
    ['duration>5m', 'duration:>300000'],
    ['duration<1.5h', 'duration:<5400000'],
    ['duration:250ms', 'duration:=250'],
    ['duration:250', 'duration:=250'],
    ['duration>2s', 'duration:>2000'],
    ['duration>=1d', 'duration:>=86400000'],
    ['user:/re/', 'user:/re/'],
    ['user:/re/i', 'user:/re/i'],
    ['user:/a\\/b/', 'user:/a/b/'],
    ['(user:/a(b|c)/)', 'user:/a(b|c)/'],
    ['time:2026-02-06..2026-02-07', `time:[${day},${day + DAY})`],
    ['time:2026-02-06T10:00Z..2026-02-06T10:00:01.5+00:00', `time:[${day + 36_000_000},${day + 36_001_500})`],
    ['time:2026-02-06..', `time:[${day},null)`],
    ['time:..2026-02-06', `time:[null,${day})`],
    ['time:2026-02-06', `time:[${day},${day + DAY})`],
    ['time:2026-02-06T10:00', `time:[${day + 36_000_000},${day + 36_060_000})`],
    ['time:"2026-02-06 10:00:01"', `time:[${day + 36_001_000},${day + 36_002_000})`],
    ['is:companion', 'is:companion'],
    ['IS:Companion', 'is:companion'],
    ['is:marked -IS:Cited', 'and(is:marked, not(is:cited))'],
    ['has:comment OR has:Recording', 'or(has:comment, has:recording)'],
    ['tag:bad', 'tag:bad'],
    ['tag:(bad "to ask" c2*)', 'tag:bad|to ask|~c2*'],
    ['tag:/^c\\d/i', 'tag:/^c\\d/i'],
    ['tag:*', 'tag:~*'],
    ['is:changed OR -is:Late "is:" is:vanished', 'or(is:changed, and(not(is:late), text:is:, is:vanished))'],
  ])('%s', (text, expected) => {
    expect(parsedShape(String(text))).toBe(expected)
  })

  it('knows every field of the table', () => {
    const names = FIELDS.map((field) => field.name)
    const words = 'user ip category severity outcome basis action command text exit repeat duration time is has tag'
    expect(names.toSorted()).toEqual([...words.split(' '), ...PLAIN_FIELDS, 'field.NAME'].toSorted())
    for (const field of FIELDS) expect(field.meaning).toMatch(/^[A-Z].*\.$/)
  })

  it('takes a lone surrogate as one replacement character', () => {
    expect(parsedShape('a\ud800b')).toBe('text:a\ufffdb')
  })
})

describe('spans', () => {
  it('cover each term as typed', () => {
    const text = ' user:"a b"  -ip:10.0.0.1 (x OR field.y:z)'
    const query = parsed(text)
    if (query.kind !== 'and') throw new Error(query.kind)
    expect(query.parts.map((part) => spanText(text, part))).toEqual(['user:"a b"', '-ip:10.0.0.1', 'x OR field.y:z'])
  })
})
