/** An element of a page: tag, attributes, children; or a text. */
export type PageNode = string | [tag: string, attributes: Record<string, string>, ...children: PageNode[]]

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:[\s/][^<>]*)?)>|([^<]+)|</gi
const ATTRIBUTE = /([a-z][\w-]*)="([^"]*)"/gi
const VOID = new Set(['br', 'hr', 'col', 'rect', 'line'])

/**
 * What the HTML of the project's own renderer says, as data: a page that builds its elements from this needs no place
 * where text could become markup. Not for the HTML of others.
 */
export function htmlNodes(html: string): PageNode[] {
  const root: [string, Record<string, string>, ...PageNode[]] = ['', {}]
  const open = [root]
  for (const [, slash, tag = '', attributes = '', text] of html.matchAll(TOKEN)) {
    const parent = open.at(-1) ?? root
    if (text !== undefined) {
      // Line ends between elements are the renderer's own; a blank between words is not.
      if (parent[0] === 'code' || text.trim() !== '' || !text.includes('\n')) parent.push(decoded(text))
    } else if (tag === '') {
      parent.push('<')
    } else if (slash === '/') {
      if (open.length > 1 && parent[0] === tag) open.pop()
    } else {
      const node: [string, Record<string, string>, ...PageNode[]] = [tag, attributesOf(attributes)]
      parent.push(node)
      if (!VOID.has(tag) && !attributes.endsWith('/')) open.push(node)
    }
  }
  const [, , ...nodes] = root
  return nodes
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, decoded(value)]))
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

function decoded(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
}
