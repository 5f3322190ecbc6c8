import { BlockList, isIP } from 'node:net'
import type { TextMatch } from './filter'

export type TextTest = (text: string) => boolean

/** Compiles a match; values that cannot match (an address that is none) simply do not. */
export function textTest(match: TextMatch): TextTest {
  switch (match.op) {
    case 'equals': {
      const wanted = match.value.toLowerCase()
      return (text) => text.toLowerCase() === wanted
    }
    case 'contains': {
      const wanted = match.value.toLowerCase()
      return (text) => text.toLowerCase().includes(wanted)
    }
    case 'wildcard': {
      const pattern = Array.from(match.pattern.toLowerCase())
      return (text) => matchesWildcard(Array.from(text.toLowerCase()), pattern)
    }
    case 'regex': {
      // A copy without `g` and `y`: those make `test` remember where it stopped.
      const pattern = new RegExp(match.pattern.source, match.pattern.flags.replaceAll(/[gy]/g, ''))
      return (text) => pattern.test(text)
    }
    case 'cidr':
      return cidrTest(match.block)
  }
}

/**
 * Greedy match that goes back only to the last `*`: at most length of text times length of pattern steps. A regular
 * expression made of the pattern could be driven to far more by hostile text.
 */
function matchesWildcard(text: string[], pattern: string[]): boolean {
  let at = 0
  let p = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = at
    } else if (pattern[p] === '?' || (p < pattern.length && pattern[p] === text[at])) {
      p++
      at++
    } else if (star >= 0) {
      p = star + 1
      at = ++resume
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

function cidrTest(block: string): TextTest {
  const [, network = '', prefix = ''] = /^([^/]*)\/(\d{1,3})$/.exec(block) ?? []
  const family = familyOf(network)
  const bits = Number(prefix)
  if (!family || bits > (family === 'ipv4' ? 32 : 128)) return () => false
  const list = new BlockList()
  list.addSubnet(network, bits, family)
  return (text) => {
    const textFamily = familyOf(text)
    // For Node every IPv4 address is inside ::/0; for people it is not.
    if (family === 'ipv6' && textFamily === 'ipv4') return false
    return textFamily !== null && list.check(text, textFamily)
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address)
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null
}
