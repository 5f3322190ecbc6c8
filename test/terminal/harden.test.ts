import { describe, expect, it } from 'vitest'
import type { Terminal } from '@xterm/headless'
import { ATTEMPT_KINDS, harden, MOST_ATTEMPT_TEXT, type Attempt } from '../../src/terminal'
import { bytesOf, fed, hardenedTerminal, plainTerminal, written } from './terminals'

/** What a terminal does that can be noticed outside of it, or seen in its cells and modes. */
async function acts(terminal: Terminal, text: string): Promise<string[]> {
  const seen: string[] = []
  terminal.onTitleChange((title) => seen.push(`title ${title}`))
  terminal.onData((data) => seen.push(`answer ${data.replaceAll('\x1b', 'ESC ')}`))
  await written(terminal, text)
  const { mouseTrackingMode, bracketedPasteMode, sendFocusMode, synchronizedOutputMode } = terminal.modes
  if (mouseTrackingMode !== 'none') seen.push(`mouse ${mouseTrackingMode}`)
  if (bracketedPasteMode) seen.push('paste')
  if (sendFocusMode) seen.push('focus')
  if (synchronizedOutputMode) seen.push('held')
  if (terminal.buffer.active.getLine(0)?.getCell(0)?.isUnderline()) seen.push('link')
  return seen
}

/** Answers allowed, to show that it is the hooks that keep them. */
const STDIN = { disableStdin: false }

async function hardened(text: string, options: object = STDIN): Promise<{ acts: string[]; attempts: Attempt[] }> {
  const { terminal, attempts } = hardenedTerminal(undefined, options)
  return { acts: await acts(terminal, text), attempts }
}

describe('the terminal alone acts, a hardened one reports', () => {
  it.each<[string, string[], Attempt[]]>([
    ['\x1b]0;you are root\x07', ['title you are root'], [{ kind: 'title', text: 'you are root' }]],
    ['\x1b]2;second\x1b\\', ['title second'], [{ kind: 'title', text: 'second' }]],
    ['\x1b[c', ['answer ESC [?1;2c'], [{ kind: 'answer', text: 'CSI 0c' }]],
    ['\x1b[>c', ['answer ESC [>0;276;0c'], [{ kind: 'answer', text: 'CSI >0c' }]],
    ['\x1b[5n', ['answer ESC [0n'], [{ kind: 'answer', text: 'CSI 5n' }]],
    ['\x1b[6n', ['answer ESC [1;1R'], [{ kind: 'answer', text: 'CSI 6n' }]],
    ['\x1b[?6n', ['answer ESC [?1;1R'], [{ kind: 'answer', text: 'CSI ?6n' }]],
    ['\x1b[4$p', ['answer ESC [4;2$y'], [{ kind: 'answer', text: 'CSI 4$p' }]],
    ['\x1b[?25$p', ['answer ESC [?25;1$y'], [{ kind: 'answer', text: 'CSI ?25$p' }]],
    ['\x1bP$qm\x1b\\', ['answer ESC P1$r0mESC \\'], [{ kind: 'answer', text: 'DCS $q m' }]],
    ['\x1b[?1003h', ['mouse any'], []],
    ['\x1b[?2004h', ['paste'], []],
    ['\x1b[?1004h', ['focus'], []],
    ['\x1b[?2026h', ['held'], []],
    [
      '\x1b]8;id=1;https://example.invalid/?a;b\x07text\x1b]8;;\x07',
      ['link'],
      [{ kind: 'link', text: 'https://example.invalid/?a;b' }],
    ],
  ])('%j', async (text, alone, attempts) => {
    expect(await acts(plainTerminal(), text)).toEqual(alone)
    expect(await hardened(text)).toEqual({ acts: [], attempts })
  })
})

describe('attempts that other terminals obey are reported', () => {
  it.each<[string, Attempt[]]>([
    ['\x1b]7;file://host/home/ana\x07', [{ kind: 'cwd', text: 'file://host/home/ana' }]],
    ['\x1b]1337;CurrentDir=/home/ana\x07', [{ kind: 'cwd', text: '/home/ana' }]],
    ['\x1b]133;A\x07\x1b]133;D;1\x07', [{ kind: 'prompt', text: 'A' }, { kind: 'prompt', text: 'D;1' }]],
    ['\x1b]633;E;ls\x07', [{ kind: 'prompt', text: 'E;ls' }]],
    ['\x1b]52;c;cm0gLXJmIC8=\x07', [{ kind: 'clipboard', text: 'c;cm0gLXJmIC8=' }]],
    ['\x1b]5522;type=read\x07', [{ kind: 'clipboard', text: 'type=read' }]],
    ['\x1b]9;done\x07', [{ kind: 'notification', text: 'done' }]],
    ['\x1b]777;notify;a;b\x07', [{ kind: 'notification', text: 'notify;a;b' }]],
    ['\x1b]1337;File=inline=1:AAAA\x07', [{ kind: 'image', text: 'File=inline=1:AAAA' }]],
    ['\x1bPq#0;2;0;0;0~~\x1b\\', [{ kind: 'image', text: 'sixel, 12 characters' }]],
    ['\x1b]4;1;rgb:00/00/00\x07', [{ kind: 'colour', text: '1;rgb:00/00/00' }]],
    ['\x1b]11;#000000\x07', [{ kind: 'colour', text: '#000000' }]],
    ['\x1b]11;?\x07', [{ kind: 'answer', text: 'OSC 11 ?' }]],
    ['\x1b]4;1;?\x07', [{ kind: 'answer', text: 'OSC 4 1;?' }]],
    ['\x1bZ', [{ kind: 'answer', text: 'ESC Z' }]],
    ['\x1bP+q544e\x1b\\', [{ kind: 'answer', text: 'DCS +q 544e' }]],
    ['\x1b[>q\x1b[?u\x1b[x', ['CSI >0q', 'CSI ?0u', 'CSI 0x'].map((text) => ({ kind: 'answer' as const, text }))],
    ['\x1b[5i\x1b[?4i', [{ kind: 'print', text: 'CSI 5i' }, { kind: 'print', text: 'CSI ?4i' }]],
    ['\x1b]5113;ac=send\x07', [{ kind: 'transfer', text: 'ac=send' }]],
    ['\x1b]50;font\x07', [{ kind: 'setting', text: 'font' }]],
    ['\x1b]1337;SetMark\x07', [{ kind: 'other', text: 'SetMark' }]],
    ['\x1b[>4;2m\x1b[>1u\x1b[=1u\x1b[<u', []],
  ])('%j', async (text, attempts) => {
    expect(await hardened(text)).toEqual({ acts: [], attempts })
    expect(attempts.every(({ kind }) => ATTEMPT_KINDS.includes(kind))).toBe(true)
  })

  it('and windows, where the terminal is asked to let them through', async () => {
    const windowOptions = { setWinSizeChars: true, getWinTitle: true, getWinSizeChars: true }
    const sizes = plainTerminal()
    sizes.options.windowOptions = windowOptions
    expect(await acts(sizes, '\x1b[18t')).toEqual(['answer ESC [8;24;80t'])
    expect(await hardened('\x1b[8;50;200t\x1b[21t\x1b[18t', { ...STDIN, windowOptions })).toEqual({
      acts: [],
      attempts: [
        { kind: 'window', text: 'CSI 8;50;200t' },
        { kind: 'answer', text: 'CSI 21t' },
        { kind: 'answer', text: 'CSI 18t' },
      ],
    })
  })
})

describe('a hardened terminal', () => {
  it('keeps what is told short', async () => {
    const { attempts } = await hardened(`\x1b]0;${'x'.repeat(5_000_000)}\x07`)
    expect(attempts).toEqual([{ kind: 'title', text: 'x'.repeat(MOST_ATTEMPT_TEXT) }])
  })

  it('obeys modes of the screen next to those of the input', async () => {
    const screen = hardenedTerminal()
    await fed(screen, bytesOf('\x1b[?1049;1000;2026;1h'))
    expect(screen.terminal.buffer.active.type).toBe('alternate')
    expect(screen.terminal.modes.applicationCursorKeysMode).toBe(true)
    expect(screen.terminal.modes.mouseTrackingMode).toBe('none')
    expect(screen.terminal.modes.synchronizedOutputMode).toBe(false)
  })

  it('acts again when that is undone', async () => {
    const terminal = plainTerminal()
    harden(terminal, () => {}).dispose()
    expect(await acts(terminal, '\x1b]0;title\x07\x1b[c')).toEqual(['title title', 'answer ESC [?1;2c'])
  })
})
