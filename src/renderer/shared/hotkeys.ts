/** The parts of a keyboard event that name a key. */
export type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

/**
 * Name of a pressed key as hotkey maps write it: the character itself (`g`, `G`, `?`, `/`), a key's name (`Enter`,
 * `ArrowDown`), with `Ctrl+` before it for Ctrl or Command and `Alt+` for Alt. Letters after `Ctrl+` are lower case.
 */
export function hotkeyName({ key, ctrlKey, metaKey, altKey }: Pressed): string {
  const control = ctrlKey || metaKey
  const name = control && key.length === 1 ? key.toLowerCase() : key
  return `${control ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${name}`
}
