import { memo, useMemo } from 'react'
import type { RecordedCommand } from '../../contract'
import { EmptyState, IconButton, Shown, Spinner, useZone } from '../shared'
import { clockWords, momentWords, wallClock } from './clock-words'
import { commandAt, commandTags, loggedMoment } from './command-words'
import { MomentList } from './MomentList'
import { useReplay } from './replay-context'
import { useSettledPart } from './use-player'

/** What was typed and run, as log and screen tell it together. */
export function CommandTab() {
  const { deck, commands, opened } = useReplay()
  const logged = useMemo(() => (commands ?? []).some(({ key }) => key !== null), [commands])
  const current = useSettledPart(deck.player, ({ target, time }) => commandAt(commands ?? [], target ?? time))
  if (!commands) {
    if (opened.index.done) return <Spinner label="Looking for commands" />
    return <p className="rp-hint">Commands are listed once the recording is read to its end.</p>
  }
  if (commands.length === 0) {
    return (
      <EmptyState title="No command found">
        No log of this session is held, and nothing on the screen reads like a command at a prompt.
      </EmptyState>
    )
  }
  return (
    <>
      <Standing logged={logged} />
      <MomentList
        label="Commands"
        count={commands.length}
        current={current}
        row={(index) => {
          const command = commands[index]
          return command && <CommandRow command={command} logged={logged} />
        }}
      />
    </>
  )
}

function Standing({ logged }: { logged: boolean }) {
  const { skew } = useReplay()
  if (!logged) return <p className="rp-hint">Read off the screen: no command log of this session is held.</p>
  if (skew === null || Math.abs(skew) < 10) return null
  const words = `${clockWords(Math.abs(skew))} ${skew > 0 ? 'ahead of' : 'behind'}`
  return <p className="rp-hint">The clock of the log is {words} that of the recording.</p>
}

const CommandRow = memo(function CommandRow({ command, logged }: { command: RecordedCommand; logged: boolean }) {
  const { deck, go, opened, duration, skew } = useReplay()
  const zone = useZone()
  const { key } = command
  const at = command.at ?? loggedMoment(command.time, opened.recording.start, skew ?? 0)
  const inside = at !== null && at >= 0 && at <= duration
  const tags = commandTags(command, logged)
  const wall = at === null ? null : wallClock(opened.recording, at, { zone, finest: 's' })
  const hint = [command.command, wall && `${wall.date} ${wall.time} ${zone.label}`, ...tags.map(({ hint }) => hint)]
  return (
    <>
      <button
        type="button"
        className="rp-row"
        disabled={!inside}
        title={hint.filter((words) => words).join('\n')}
        onClick={() => inside && deck.player.seek(at)}
      >
        <span className="rp-row-time">
          {inside && command.at === null && '~'}
          {inside ? momentWords(at, duration) : ''}
        </span>
        <span className="rp-row-text" data-unseen={command.at === null || undefined}>
          <Shown text={command.command} />
        </span>
        {tags.map(({ words, look }) => (
          <span key={words} className="rp-tag" data-look={look}>
            {words}
          </span>
        ))}
      </button>
      {key !== null && (
        <IconButton
          className="rp-row-event"
          label="Show its event on the timeline"
          onClick={() => go({ screen: 'timeline', query: '', range: null, selected: key })}
        >
          ↗
        </IconButton>
      )}
    </>
  )
})
