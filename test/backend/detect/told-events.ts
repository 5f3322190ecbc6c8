import { NOW } from '../store/a-store'
import type { Told } from './a-detection'

export const MINUTE = 60_000

export type Case = { must: Told[][]; not: Told[][] }

export function times(count: number, minutes: number, make: (i: number) => Told): Told[] {
  return Array.from({ length: count }, (_, i) => ({ time: NOW + i * minutes * MINUTE, ...make(i) }))
}

export function login(outcome: 'success' | 'failure', [user, ip]: [user: string, ip: string], more: Partial<Told> = {}): Told {
  return { outcome, actor: { name: user }, ip, machine: { name: 'web' }, ...more }
}

export const failed = (count: number, minutes: number, of: (i: number) => Told) => times(count, minutes, of)

export function did(action: string, more: Partial<Told> = {}): Told {
  return { category: 'resource', action, outcome: 'success', actor: { name: 'ana', id: 'u-1' }, ...more }
}

export function line(command: string): Told {
  return { category: 'command', action: 'execute', outcome: 'unknown', actor: { name: 'ana' }, command }
}

export const lines = (must: string[], not: string[]): Case => ({ must: must.map((one) => [line(one)]), not: not.map((one) => [line(one)]) })

export const role = (from: string, to: string, more: Partial<Told> = {}) =>
  did('role_change', { category: 'privilege', target: { kind: 'user', name: 'bea', id: 'u-2' }, changes: [{ field: 'role', old: from, new: to }], ...more })

export const DAY = 1440 * MINUTE
export const sudo = (name: string, machine: string, time = NOW): Told => ({ time, category: 'sudo', action: 'sudo', outcome: 'success', actor: { name }, command: '/bin/ls', machine: { name: machine } })
/** Someone who signs in every other day for a month, from one network. */
export const usual = (user: string) => times(15, 2 * 1440, () => login('success', [user, '198.51.100.7']))
export const later = (days: number, minutes = 0) => NOW + days * DAY + minutes * MINUTE
/** Two failures in every hour of ten days. */
export const hum = () => times(480, 30, (i) => login('failure', [`u${i % 7}`, `203.0.113.${i % 9}`]))
