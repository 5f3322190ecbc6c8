import type { ApprovalPattern } from '../../contract'
import { type Address, viewPlace } from '../address'

/** The timeline at exactly the events of a pattern, standing on the first. */
export function placeOfPattern({ view, events }: ApprovalPattern): Partial<Address> {
  return viewPlace(view, events[0] ?? null)
}

/** The timeline at one event, whatever was typed there before. */
export function placeOfEvent(key: string): Partial<Address> {
  return { screen: 'timeline', query: '', range: null, order: 'desc', selected: key }
}

export function placeOfSession(session: string): Partial<Address> {
  return { screen: 'session', session, selected: null }
}
