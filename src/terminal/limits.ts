/** Characters of an attempt that are kept: enough to read what was meant, too few to fill a store with. */
export const MOST_ATTEMPT_TEXT = 1000
/** Bytes of one OSC string that reach the terminal, which would otherwise gather up to ten million characters. */
export const MOST_STRING_BYTES = 16 * 1024
/** Zero-width characters in a row; more of them make one cell grow without end. */
export const MOST_MARKS = 16
/** Bytes written at once: xterm decodes 128 KiB at a time, and may break a character at that border. */
export const MOST_WRITE_BYTES = 64 * 1024
