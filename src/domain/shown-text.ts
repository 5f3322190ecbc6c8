// Text from a log is hostile: control characters can drive a terminal, direction overrides can swap what a reader sees.
// Cc: controls, Cf: invisible format characters and direction overrides, Zl and Zp: line breaks, Cs: lone surrogates.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

// Names of ECMA-48. Unicode has pictures of them, but many fonts do not.
const C0 = 'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ')

/** Harmless one-line form: C0 controls become their names as `‹ESC›`, every other unsafe character `‹U+XXXX›`. */
export function shownText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `‹${C0[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`
  })
}
