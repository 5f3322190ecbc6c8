// Text from a log is hostile: control characters can drive a terminal, direction overrides can swap what a reader sees.
// Cc: controls, Cf: invisible format characters and direction overrides, Zl and Zp: line breaks, Cs: lone surrogates.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const CONTROL_PICTURES = 0x2400

/** Harmless one-line form: C0 controls become their Unicode pictures, every other unsafe character `‹U+XXXX›`. */
export function shownText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code)
    if (code === 0x7f) return '\u2421'
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
  })
}
