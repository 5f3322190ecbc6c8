/** Bytes shown before "show all", and in one hex view. */
export const FEW_BYTES = 4096
export const MOST_HEX = 65_536

/** As many as fit the width of the detail pane. */
const PER_LINE = 8

/** Lines of `00000010  4a 61 6e ...  Jan...`; bytes outside printable ASCII show as dots. */
export function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const part = [...bytes.subarray(at, at + PER_LINE)]
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${text}`)
  }
  return lines
}
