// Cc: controls, Cf: format characters, Zl and Zp: line breaks, Cs: lone surrogates; then letters that draw nothing.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/gu

/** Characters that nobody sees, or that turn the text around, are written as `<U+202E>`. */
export function visibleText(text: string): string {
  return text.replace(
    UNSEEN,
    (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  )
}
