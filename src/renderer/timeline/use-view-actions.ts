import { useEffect, useMemo, useRef, useState } from 'react'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'
import { useSaying } from '../shared'
import type { Actions } from './ActionsContext'
import { isFiltered, withFilter, withoutFilter } from './terms'
import type { ShownValue } from './value'

export type OpenMenu = { value: ShownValue; at: { x: number; y: number } }

export type ViewActions = {
  actions: Actions
  menu: OpenMenu | null
  closeMenu: () => void
  /** What was said last. */
  said: string
}

/** Actions stay the same functions for as long as the screen is open, so that rows need not be drawn again. */
export function useViewActions(): ViewActions {
  const use = useAddress()
  const latest = useRef(use)
  useEffect(() => {
    latest.current = use
  })
  const zooms = useRef<(TimeRange | null)[]>([])
  const [menu, openMenu] = useState<OpenMenu | null>(null)
  const { said, say } = useSaying()

  const actions = useMemo<Actions>(() => {
    const query = () => latest.current.address.query
    const go = (change: Parameters<typeof use.go>[0]) => latest.current.go(change, 'push')
    const copy = (text: string, what: string) => {
      navigator.clipboard.writeText(text).then(
        () => say(`${what} copied`),
        () => say('The clipboard could not be written'),
      )
    }
    return {
      filter: (term, negate) => go({ query: withFilter(query(), term, negate) }),
      toggle: (term, negate) => {
        const without = isFiltered(query(), term, negate)
        go({ query: without ? withoutFilter(query(), term, negate) : withFilter(query(), term, negate) })
      },
      only: (term) => go({ query: withFilter('', term, false) }),
      setQuery: (text) => go({ query: text }),
      pin: (range) => {
        zooms.current = [...zooms.current.slice(-49), latest.current.address.range]
        go({ range })
      },
      unzoom: () => go({ range: zooms.current.pop() ?? null }),
      openView: (view) => go(view),
      openMenu: (value, at) => openMenu({ value, at }),
      copy,
      copyLink: (key) => copy(new URL(latest.current.href({ selected: key }), location.href).href, 'Link'),
      say,
    }
  }, [say])

  return { actions, menu, closeMenu: () => openMenu(null), said }
}
