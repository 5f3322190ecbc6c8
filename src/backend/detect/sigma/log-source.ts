import { CATEGORIES } from '../../../domain'
import { isMapping, textOf, type Mapping } from './head'
import type { LogSource } from './model'
import { RuleFault } from './rule-fault'

// The table of what (product, service, category) of a rule mean here. What is not in it is taken for the name of a source,
// or of a stream, so that rules for other products lie still until such a source is read.

/** Sources that hold logs of Linux machines. */
const LINUX_SOURCES: ReadonlySet<string> = new Set(['sshd', 'syslog', 'linux'])
/** Categories of what happens on machines, whoever tells it. */
const ON_MACHINES: ReadonlySet<string> = new Set(['command', 'sudo'])
/** Products of which everything held may be. */
const ANY_PRODUCT: ReadonlySet<string> = new Set(['', 'recount'])
const UNIX: ReadonlySet<string> = new Set(['linux', 'macos', 'unix'])

const LINUX_SERVICES: Readonly<Record<string, LogSource>> = {
  sshd: ({ source }) => source === 'sshd',
  auth: ({ source }) => LINUX_SOURCES.has(source),
  syslog: ({ source }) => LINUX_SOURCES.has(source),
  sudo: ({ category }) => category === 'sudo',
}

export const PROCESS_CREATION = 'process_creation'

/** Our own: lines that were run on machines, each as a whole. */
const COMMAND_LINE = 'command_line'

export function processesIn(logsource: unknown): boolean {
  return isMapping(logsource) && textOf(logsource, 'category') === PROCESS_CREATION
}

/** A rule without one is about everything. Throws `RuleFault`. */
export function readLogSource(value: unknown): LogSource {
  if (value === undefined) return () => true
  if (!isMapping(value)) throw new RuleFault('the logsource is no map')
  const [product, service, category] = ['product', 'service', 'category'].map((name) => textOf(value, name).toLowerCase())
  if (!product && !service && !category) throw new RuleFault('the logsource names neither product, service nor category')
  const tests = [ofCategory(category ?? ''), ofProduct(product ?? '', service ?? '')]
  return (event) => tests.every((test) => test(event))
}

function ofCategory(category: string): LogSource {
  if (category === '') return () => true
  if (category === PROCESS_CREATION || category === COMMAND_LINE) return (event) => ON_MACHINES.has(event.category)
  if (CATEGORIES.some((known) => known === category)) return (event) => event.category === category
  return (event) => event.stream === category
}

function ofProduct(product: string, service: string): LogSource {
  if (ANY_PRODUCT.has(product)) return service === '' ? () => true : (event) => event.source === service || event.stream === service
  if (UNIX.has(product)) {
    const known = Object.hasOwn(LINUX_SERVICES, service) ? LINUX_SERVICES[service] : undefined
    if (known) return known
    if (service !== '') return (event) => event.source === service || event.stream === service
    return (event) => LINUX_SOURCES.has(event.source) || ON_MACHINES.has(event.category)
  }
  return (event) => event.source === product || (service !== '' && event.source === service)
}

/** Whether a filter for one logsource may be for a rule of the other: it says nothing else. */
export function agrees(filter: unknown, rule: Mapping): boolean {
  if (!isMapping(filter)) return true
  return ['product', 'service', 'category'].every((name) => {
    const wanted = textOf(filter, name).toLowerCase()
    return wanted === '' || wanted === textOf(rule, name).toLowerCase()
  })
}
