import { type ReactNode, useState } from 'react'
import { createPortal } from 'react-dom'
import { beginExport, type Exported, type ExportWish } from './exported'
import { ExportDialog } from './ExportDialog'
import { useExport } from './use-export'

type ChoiceOptions = {
  what: Exported
  noun: string
  /** What the dialog is called. */
  label: string
  onSaved: () => void
}

type ChoiceUse = {
  begin: (wish: ExportWish) => void
  /** Asks for the format and for what is taken out first. */
  choose: () => void
  dialogs: ReactNode
}

/** An export with the choice of how it is written, and its progress. */
export function useExportChoice({ what, noun, label, onSaved }: ChoiceOptions): ChoiceUse {
  const [isChoosing, setChoosing] = useState(false)
  const { start, dialog } = useExport(noun, onSaved)
  const begin = (wish: ExportWish) => start((backend) => beginExport(backend, what, wish))
  // Apart from what opens them, so that they look the same from a heading, a pane or a card.
  const dialogs = createPortal(
    <>
      {isChoosing && (
        <ExportDialog
          title={label}
          what={what}
          onClose={() => setChoosing(false)}
          onExport={(wish) => {
            setChoosing(false)
            begin(wish)
          }}
        />
      )}
      {dialog}
    </>,
    document.body,
  )
  return { begin, choose: () => setChoosing(true), dialogs }
}
