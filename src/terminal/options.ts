/**
 * What a terminal that shows a recording is made with, with a window or without. Beyond these: no onData or onBinary
 * listener, and no add-on for links, images or the clipboard.
 */
export const REPLAY_OPTIONS = {
  /** Answers to queries go nowhere, and nothing typed is sent. */
  disableStdin: true,
  /** What a recording makes the parser complain of would fill the console. */
  logLevel: 'off',
  /**
   * The same for all: a saved cursor is kept as a line of the history, so a keyframe gives the history its length too.
   * More makes a flood of short lines several times slower.
   */
  scrollback: 1000,
  /** Set by `CSI 20 h` and `CSI ? 12 h`, and not undone by a reset: every keyframe states them. */
  convertEol: false,
  cursorBlink: false,
} as const
