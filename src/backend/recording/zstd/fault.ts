/** These bytes are no valid zstd from here on. */
export class ZstdFault extends Error {
  override readonly name = 'ZstdFault'
}

/** The place of the highest bit that is set; `value` is above 0. */
export function highestBit(value: number): number {
  return 31 - Math.clz32(value)
}
