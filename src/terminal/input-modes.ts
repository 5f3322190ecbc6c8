/**
 * Private modes (`CSI ? Ps h`) that change nothing on the screen: mouse and focus reports, bracketed paste, held
 * rendering, colour scheme and size reports, Windows keys. Set, they would take the mouse from whoever watches, or
 * freeze the picture.
 */
export const INPUT_MODES: ReadonlySet<number> = new Set([
  9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1015, 1016, 2004, 2026, 2031, 2048, 9001,
])
