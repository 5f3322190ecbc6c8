import { shownText } from '../../../domain'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text of a machine or a person inside HTML, in elements and in quoted attributes. */
export function html(text: string): string {
  return shownText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** Lines stay lines, as in a block of code. */
export function htmlLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => html(line.replaceAll('\t', '    ')))
    .join('\n')
}

/** A name that stands for one place of a document. */
export function anchorOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]+/g, '-')
}
