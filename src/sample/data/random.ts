/** Numbers in [0, 1), the same for the same seed for ever. */
export type Random = () => number

/** Spreads two integers over 32 bits; the same for ever. */
export function mix(seed: number, value: number): number {
  let hash = seed ^ Math.imul(value + 0x6d2b79f5, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number of [0, count). */
export function below(random: Random, count: number): number {
  return Math.floor(random() * count)
}

/** One of a list that is not empty. */
export function pick<T>(list: readonly T[], hash: number): T {
  return list[hash % list.length] as T
}

/** Spreads a text over 32 bits. */
export function hashText(seed: number, text: string): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at))
  return hash
}

export function hex8(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** 24 hexadecimal digits, as MongoDB's ids look. */
export function objectId(seed: number, name: string): string {
  const hash = hashText(seed, name)
  return hex8(0x66000000 + (hash >>> 8)) + hex8(mix(hash, 1)) + hex8(mix(hash, 2))
}
