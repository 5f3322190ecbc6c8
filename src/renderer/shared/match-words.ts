/** True when every typed word stands somewhere in the text, whatever the case; `_` and `/` part words. */
export function matchWords(text: string, typed: string): boolean {
  const lower = text.toLowerCase().replace(/[_/]/g, ' ')
  const words = typed.toLowerCase().replace(/[_/]/g, ' ').split(/\s+/)
  return words.every((word) => lower.includes(word))
}
