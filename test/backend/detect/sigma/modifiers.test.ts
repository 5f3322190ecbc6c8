import { describe, expect, it } from 'vitest'
import { matched, run, storeOf, type Told } from '../a-detection'

/** One event per value of `field.x`; the last one has none. */
async function among(values: readonly string[], item: string): Promise<number[]> {
  const events: Told[] = [...values.map((x) => ({ attributes: { x } })), {}]
  const found = run(await storeOf(events), rule(item))
  expect(found.refused).toEqual([])
  return matched(found)
}

function rule(item: string): string {
  return `{title: t, logsource: {product: recount}, detection: {a: {${item}}, condition: a}}`
}

describe('a value', () => {
  it.each([
    ['ignores case', `x: aLiCe`, ['alice', 'ALICE', 'alice2'], [0, 1]],
    ['is the whole text', `x: lic`, ['alice', 'lic'], [1]],
    ['ignores case beyond ASCII', `x: [ΟΔΟΣ, 'İ*', 𐐀]`, ['οδος', 'ΟΔΟΣ', 'İstanbul', '𐐨'], [0, 1, 2, 3]],
    ['has stars', `x: 'a*c'`, ['ac', 'abbc', 'abcd', 'xac'], [0, 1]],
    ['has question marks', `x: 'a?c'`, ['ac', 'abc', 'abbc'], [1]],
    ['has several stars', `x: '*ab*ab*'`, ['abab', 'xabyabz', 'ab', 'aab'], [0, 1]],
    ['escapes a star', String.raw`x: 'a\*c'`, ['a*c', 'abc'], [0]],
    ['escapes a question mark', String.raw`x: 'a\?c'`, ['a?c', 'abc'], [0]],
    ['escapes a backslash before a star', String.raw`x: 'a\\*'`, [String.raw`a\bc`, 'abc', String.raw`a\*`], [0, 2]],
    ['takes another backslash as it is', String.raw`x: 'C:\Win'`, [String.raw`c:\win`, 'c:win'], [0]],
    ['is a number', `x: 4625`, ['4625', '46250'], [0]],
    ['is a large number', `x: 123456789012345678901`, ['123456789012345678901', '123456789012345680000'], [0]],
    ['is a truth value', `x: true`, ['true', 'True', '1'], [0, 1]],
    ['is absent', `x: null`, ['a'], [1]],
    ['is one of a list', `x: [a, b, null]`, ['a', 'b', 'c'], [0, 1, 3]],
    ['is empty, which an absent one is not', `x: ''`, ['a'], []],
    ['is all stars, which an absent one is not', `x: '*'`, ['a'], [0]],
  ])('%s', async (...[, item, values, found]) => {
    expect(await among(values, item)).toEqual(found)
  })
})

describe('a modifier', () => {
  it.each([
    ['contains', `x|contains: bc`, ['abcd', 'BC', 'b-c'], [0, 1]],
    ['startswith', `x|startswith: ab`, ['ABc', 'xab'], [0]],
    ['endswith', `x|endswith: '?c'`, ['abc', 'c', 'cab'], [0]],
    ['contains and all', `x|contains|all: [a, b]`, ['a-b', 'a', 'BA'], [0, 2]],
    ['all by itself', `x|all: ['a*', '*b']`, ['axb', 'ab', 'a'], [0, 1]],
    ['all and absent', `x|all: [a, null]`, ['a'], []],
    ['cased', `x|cased: Ab`, ['Ab', 'ab'], [0]],
    ['contains and cased', `x|contains|cased: Ab`, ['xAbx', 'xabx'], [0]],
    ['exists', `x|exists: true`, ['', 'a'].slice(1), [0]],
    ['exists not', `x|exists: false`, ['a'], [1]],
    ['re', `x|re: 'a.c$'`, ['xabc', 'xABC', 'abcd'], [0]],
    ['re and i', `x|re|i: 'a.c$'`, ['xabc', 'xABC'], [0, 1]],
    ['re and m', String.raw`x|re|m: '^b$'`, ['a\nb', 'ab'], [0]],
    ['re and s', `x|re|s: 'a.b'`, ['a\nb', 'axb'], [0, 1]],
    ['re without s', `x|re: 'a.b'`, ['a\nb', 'axb'], [1]],
    ['re with its own i', `x|re: '(?i)^ab'`, ['ABc'], [0]],
    ['re of several', `x|re|all: ['^a', 'b$']`, ['a-b', 'a', 'b'], [0]],
    ['cidr of version 4', `x|cidr: 10.20.0.0/15`, ['10.21.255.255', '10.22.0.0', 'host', '::ffff:10.20.0.1'], [0, 3]],
    ['cidr of version 6', `x|cidr: '2001:db8::/33'`, ['2001:db8:7fff::1', '2001:db8:8000::1', '10.0.0.1'], [0]],
    ['cidr without a size', `x|cidr: 10.1.2.3`, ['10.1.2.3', '10.1.2.4'], [0]],
    ['cidr of one address', `x|cidr: ['::1/128', 127.0.0.1/32]`, ['::1', '0:0:0:0:0:0:0:1', '127.0.0.1', '::2'], [0, 1, 2]],
    ['lt', `x|lt: 5`, ['4', '5', '4.9', '-1', 'four', '10'], [0, 2, 3]],
    ['lte', `x|lte: 5`, ['4', '5', '6'], [0, 1]],
    ['gt', `x|gt: 5`, ['4', '5', '40'], [2]],
    ['gte', `x|gte: 5`, ['4', '5', '40'], [1, 2]],
    ['neq', `x|neq: a`, ['a', 'A', 'b'], [2, 3]],
    ['neq of a list', `x|neq: [a, b]`, ['a', 'b', 'c'], [2, 3]],
    ['windash', `x|contains|windash: ' -f'`, ['rm -f', 'rm /f', 'rm –f', 'rm —f', 'rm +f'], [0, 1, 2, 3]],
    ['windash inside a word', `x|windash: a-b`, ['a-b', 'a/b'], [0]],
    ['base64', `x|base64: foo`, ['Zm9v', 'zm9V', 'Zm9'], [0, 1]],
    ['base64 and contains', `x|base64|contains: foobar`, ['-Zm9vYmFy-', 'foobar'], [0]],
    ['base64offset', `x|base64offset|contains: foobar`, [b64('foobar'), b64('xfoobar!'), b64('xyfoobar?'), b64('fobar')], [0, 1, 2]],
    ['wide and base64', `x|wide|base64offset|contains: ping`, [wide64('ping'), b64('ping')], [0]],
    ['utf16le', `x|utf16le|contains: ab`, ['-a\0b\0-', 'ab'], [0]],
    ['minute', `x|minute: 7`, ['2026-02-06T02:07:00Z', '2026-02-06T07:00:00Z'], [0]],
    ['hour, in UTC', `x|hour: 2`, ['2026-02-06T02:58:41Z', '2026-02-06T02:58:41-03:00', 'no time'], [0]],
    ['hour compared', `x|hour|gte: 22`, ['2026-02-06T22:00:00Z', '2026-02-06T21:59:59Z'], [0]],
    ['day', `x|day: 6`, ['2026-02-06', '2026-02-07'], [0]],
    ['week', `x|week: 53`, ['2021-01-03', '2021-01-04', '2020-12-28'], [0, 2]],
    ['month', `x|month: [2, 3]`, ['2026-02-06', '2026-04-07'], [0]],
    ['year', `x|year: 2026`, ['2026-02-06', '2025-04-07'], [0]],
  ])('%s', async (...[, item, values, found]) => {
    expect(await among(values, item)).toEqual(found)
  })

  it('fieldref compares with another field of the event', async () => {
    const store = await storeOf([
      { attributes: { x: 'Ana', y: 'ana' } },
      { attributes: { x: 'ana', y: 'bea' } },
      { attributes: { x: 'ana' } },
      { attributes: { x: 'ana.l', y: 'ana' } },
    ])
    expect(matched(run(store, rule(`x|fieldref: y`)))).toEqual([0])
    expect(matched(run(store, rule(`x|fieldref|startswith: y`)))).toEqual([0, 3])
    expect(matched(run(store, rule(`x|fieldref|cased: y`)))).toEqual([])
  })

  it('re looks at the first 8,192 characters', async () => {
    expect(await among([`${'a'.repeat(8191)}b`, `${'a'.repeat(8192)}b`], `x|re: b`)).toEqual([0])
  })
})

describe('keywords', () => {
  const RAW = ['May 10 web useradd[7]: new user: name=eve', 'May 10 web sshd[8]: Failed password for EVE', 'nothing of note']

  it.each([
    ['are found anywhere in the record', `{words: [new user, EVE], condition: words}`, [0, 1]],
    ['are found in any case', `{words: ['NEW USER'], condition: words}`, [0]],
    ['may have wildcards', `{words: ['failed*for ???'], condition: words}`, [1]],
    ['may all be asked for', `{words: {'|all': [web, eve, 'new user']}, condition: words}`, [0]],
    ['may be regular expressions', `{words: {'|re': 'sshd\\[\\d\\]'}, condition: words}`, [1]],
    ['may be cased', `{words: {'|cased': EVE}, condition: words}`, [1]],
    ['may be one text', `{words: nothing, condition: words}`, [2]],
    ['may be what is not there', `{words: [web], condition: not words}`, [2]],
  ])('%s', async (_what, detection, found) => {
    const store = await storeOf(RAW.map((raw) => ({ raw })))
    const result = run(store, `{title: t, logsource: {product: linux}, detection: ${detection}}`)
    expect(result.refused).toEqual([])
    expect(matched(result)).toEqual(found)
  })
})

function b64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function wide64(text: string): string {
  return Buffer.from(text, 'utf16le').toString('base64')
}
