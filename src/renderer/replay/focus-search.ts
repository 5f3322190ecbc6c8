/** The field that `/` goes to. */
export const SEARCH_FIELD = 'rp-search-field'

export function focusSearch(): void {
  const field = document.getElementById(SEARCH_FIELD)
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  field.select()
}
