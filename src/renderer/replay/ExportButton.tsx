import { useExportChoice } from '../exports'
import { Button, type MenuItem, useButtonMenu } from '../shared'
import { clipSpan, clipWords } from './clip-words'
import { clockWords } from './clock-words'
import { useReplay } from './replay-context'
import { useExport } from './use-export'

export function ExportButton() {
  const { id, commands, say } = useReplay()
  const { choose, dialogs } = useExportChoice({ what: { table: 'recording.commands', ask: { id } }, noun: 'commands', label: 'Export the commands', onSaved: () => say('Exported') })
  const items: MenuItem[] = [...useItems(), 'line', { label: 'Commands …', disabled: !commands || commands.length === 0, onPick: choose }]
  const { opener, menu } = useButtonMenu({ label: 'Export', items, edge: 'right' })
  return (
    <>
      <Button {...opener}>
        Export <span aria-hidden="true">▾</span>
      </Button>
      {menu}
      {dialogs}
    </>
  )
}

function useItems(): MenuItem[] {
  const { opened, deck, duration, clip, input } = useReplay()
  const { save } = useExport()
  const span = clipSpan(clip)
  const { time } = deck.player.get()
  const with_ = input ? ', with typed input' : ''
  return [
    { label: `All as .cast (asciicast 3)${with_}`, disabled: !opened.index.done, onPick: () => save('cast') },
    {
      label: span ? `Clip ${clipWords(span, duration)} as .cast${with_}` : 'Clip as .cast: no clip is marked',
      disabled: !span,
      onPick: () => span && save('cast', span),
    },
    'line',
    { label: 'Transcript, plain text', disabled: !opened.index.done, onPick: () => save('transcript') },
    { label: `Still of ${clockWords(time, duration)} as SVG`, onPick: () => save('svg', { from: time, to: null }) },
  ]
}
