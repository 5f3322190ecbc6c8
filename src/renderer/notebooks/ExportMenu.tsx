import { useState } from 'react'
import type { Notebook, NotebookFormat } from '../../contract'
import { useBackend } from '../api'
import { Button, messageOf, saveBytes, useButtonMenu, useZone } from '../shared'
import { usePage } from './page-context'
import type { SaveQueue } from './save-queue'

type ExportMenuProps = { notebook: Notebook; queue: SaveQueue }

const FORMATS: readonly { format: NotebookFormat; words: string }[] = [
  { format: 'md', words: 'Markdown' },
  { format: 'html', words: 'HTML' },
  { format: 'jsonl', words: 'JSON Lines' },
  { format: 'pdf', words: 'PDF' },
]

/** The notebook as a file: to read, or for another investigator to take in. */
export function ExportMenu({ notebook: { id }, queue }: ExportMenuProps) {
  const backend = useBackend()
  const { say } = usePage()
  const { zone } = useZone()
  const [isBusy, setBusy] = useState(false)
  const save = (read: () => Promise<{ name: string; bytes: Uint8Array }>) => {
    setBusy(true)
    written(queue)
      .then(read)
      .then(async ({ name, bytes }) => ((await saveBytes(name, once(bytes))) ? say(`Saved ${name}`) : undefined))
      .catch((error: unknown) => say(`Not exported: ${messageOf(error)}`))
      .finally(() => setBusy(false))
  }
  const { opener, menu } = useButtonMenu({
    label: 'Export',
    edge: 'right',
    items: [
      ...FORMATS.map(({ format, words }) => ({
        label: words,
        onPick: () => save(async () => (await backend.call('notebook.export', { id, format, zone })).value),
      })),
      'line',
      { label: 'Copy for another investigator', onPick: () => save(async () => (await backend.call('notebook.pack', { id })).value) },
    ],
  })
  return (
    <>
      <Button disabled={isBusy} {...opener}>
        Export <span aria-hidden="true">▾</span>
      </Button>
      {menu}
    </>
  )
}

/** What is exported is what is written: typed text goes first. */
async function written(queue: SaveQueue): Promise<void> {
  if (!(await queue.flush())) throw new Error('some of it is not saved yet')
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
