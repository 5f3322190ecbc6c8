import { literalGlob, literalOf, withDashes, type Glob } from './glob'
import type { Encoding } from './modifiers'
import { RuleFault } from './rule-fault'

/** A value as it would look encoded; several where it depends on its place in what was encoded. Throws `RuleFault`. */
export function encoded(glob: Glob, encodings: readonly Encoding[]): Glob[] {
  let globs: Glob[] = [glob]
  for (const encoding of encodings) globs = globs.flatMap((one) => encode(one, encoding))
  return globs
}

function encode(glob: Glob, encoding: Encoding): Glob[] {
  if (encoding === 'windash') return [withDashes(glob)]
  const text = literalOf(glob)
  if (text === null) throw new RuleFault(`${encoding} does not go with wildcards`)
  switch (encoding) {
    case 'wide':
    case 'utf16le':
      // Each byte as one character, which is what the next encoding takes.
      return [literalGlob(Buffer.from(text, 'utf16le').toString('latin1'))]
    case 'base64':
      return [literalGlob(bytesOf(text).toString('base64'))]
    case 'base64offset':
      return [0, 1, 2].map((offset) => literalGlob(atOffset(bytesOf(text), offset)))
  }
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, isWide(text) ? 'latin1' : 'utf8')
}

function isWide(text: string): boolean {
  return text.includes('\0')
}

/** The characters that stay the same whatever stands around the bytes, when they begin `offset` bytes into a group of three. */
function atOffset(bytes: Buffer, offset: number): string {
  const base64 = Buffer.concat([Buffer.alloc(offset, 32), bytes]).toString('base64')
  const start = [0, 2, 3][offset] ?? 0
  const end = [0, 3, 2][(bytes.length + offset) % 3] ?? 0
  return base64.slice(start, base64.length - end)
}
