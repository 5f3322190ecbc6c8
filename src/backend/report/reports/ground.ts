import type { Ask, Methods, ReportAsked } from '../../../contract'
import type { Instant } from '../../../domain'
import type { ReadableStore, StoreView } from '../../store'
import type { Block, Fact } from '../document'
import type { MainTable, Section } from './main-table'

type Answers<M extends 'access.list' | 'approval.summary' | 'approval.requests' | 'approval.unapproved' | 'signin.summary'> = {
  [Method in M]: (ask: Ask<Method>) => Methods[Method] | Promise<Methods[Method]>
}

/** What reports are made of: what is held, and what the screens show of it, so that both agree. */
export type ReportGround = {
  store: ReadableStore
  answers: Answers<'access.list' | 'approval.summary' | 'approval.requests' | 'approval.unapproved' | 'signin.summary'>
  version: string
  /** Account of the operating system that makes the report. */
  by: string
  now(): Instant
}

/** A report before it is written: what it rests on, its figures and its tables. */
export type Gathered = {
  title: string
  question: string
  rowIs: string
  /** What it rests on, oldest first, and the same as somebody would type it. */
  view: StoreView
  query: string
  filters: string[]
  facts: Fact[]
  main: MainTable
  /** Further tables. */
  sections: Section[]
  /** Said above the tables. */
  notes: Block[]
  hidden: string | null
  shows: string[]
  showsNot: string[]
}

export type Gather = (ground: ReportGround, asked: ReportAsked) => Promise<Gathered>

