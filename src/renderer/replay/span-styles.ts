/**
 * Makes spans take a style attribute as style properties: xterm writes colours that are not of its palette as
 * attributes, which the content policy refuses; properties, it allows. Spans alone, because xterm's cells are spans.
 */
export function allowSpanStyles(page: Document): void {
  const spans = page.defaultView?.HTMLSpanElement.prototype
  if (!spans || Object.hasOwn(spans, 'setAttribute')) return
  Object.defineProperty(spans, 'setAttribute', {
    configurable: true,
    value(this: HTMLSpanElement, name: string, value: string): void {
      if (name === 'style') this.style.cssText = value
      else Element.prototype.setAttribute.call(this, name, value)
    },
  })
}
