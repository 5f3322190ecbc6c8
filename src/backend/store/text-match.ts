import { BlockList, isIP } from 'node:net'
import { wildcardTest } from '../../domain'
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
    case 'wildcard':
      return wildcardTest(match.pattern)
    case 'regex': {
      // A copy without `g` and `y`: those make `test` remember where it stopped.
      const pattern = new RegExp(match.pattern.source, match.pattern.flags.replaceAll(/[gy]/g, ''))
      return (text) => pattern.test(text)
    }
    case 'cidr':
      return cidrTest(match.block)
  }
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
