/**
 * Written to a terminal it begins anew, in order with what is written after: ESC ends whatever sequence or string stands
 * open, which `reset()` does not, and RIS resets the rest. `CSI ? 1047 l` changes nothing then, but xterm shows no cursor
 * before a screen was switched or it had the focus.
 */
export const FRESH_TERMINAL = Uint8Array.from('\u001bc\u001b[?1047l', (char) => char.charCodeAt(0))
