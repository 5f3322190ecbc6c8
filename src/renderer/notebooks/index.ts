import { lazy } from 'react'

// This room is entered from every screen that adds to notebooks; the screens themselves are fetched when they are opened.
export const Notebooks = lazy(async () => ({ default: (await import('./Notebooks')).Notebooks }))
export const NotebookPage = lazy(async () => ({ default: (await import('./NotebookPage')).NotebookPage }))
export const VerifyDialog = lazy(async () => ({ default: (await import('./seal')).VerifyDialog }))
export { NotebookProvider } from './NotebookProvider'
export { AddButton } from './AddButton'
export { useAddToNotebook } from './notebook-context'
export type { Addable } from './addable'
