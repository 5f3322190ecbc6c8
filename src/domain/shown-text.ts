// Text from a log is hostile: control characters can drive a terminal, direction overrides can swap what a reader sees.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g

const CONTROL_PICTURES = 0x2400

/** Harmless one-line form: C0 controls become their Unicode pictures, every other invisible or direction-changing character `‹U+XXXX›`. */
export function shownText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code)
    if (code === 0x7f) return '\u2421'
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
  })
}
