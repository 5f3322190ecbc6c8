/** A passphrase exactly as it was typed, blanks included; null where no field asks for one. */
export function passphraseIn(form: HTMLFormElement, name = 'passphrase'): string | null {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : null
}
