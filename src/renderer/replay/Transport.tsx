import { Button, Kbd, useButtonMenu, useZone } from '../shared'
import { clockWords, momentWords, wallClock } from './clock-words'
import { SPEEDS } from './player-state'
import { useReplay } from './replay-context'
import { playedTime } from './track'
import { usePlayerPart, usePlayerState } from './use-player'
import { focusSearch } from './focus-search'

export function Transport() {
  const { deck, moments, say } = useReplay()
  const { player } = deck
  const skipIdle = usePlayerPart(player, (state) => state.skipIdle)
  const step = (direction: 1 | -1) => {
    if (!player.seekMark(moments, direction)) say(direction === 1 ? 'No later command' : 'No earlier command')
  }
  return (
    <div className="rp-transport">
      <PlayButton />
      <Clocks />
      <span className="rp-transport-gap" />
      <Speed />
      <Button
        aria-pressed={skipIdle}
        title="Pauses longer than two seconds take half a second (i)"
        onClick={() => player.setSkipIdle(!skipIdle)}
      >
        <span className="rp-check" aria-hidden="true" />
        Skip idle &gt; 2 s
      </Button>
      <span className="rp-pair">
        <span className="rp-wide">
          <span className="rp-wider">prev / next </span>command
        </span>
        <button type="button" aria-label="Previous command" title="Previous command ([)" onClick={() => step(-1)}>
          <Kbd>[</Kbd>
        </button>
        <button type="button" aria-label="Next command" title="Next command (])" onClick={() => step(1)}>
          <Kbd>]</Kbd>
        </button>
      </span>
      <span className="rp-pair">
        <span className="rp-wide">find</span>
        <button type="button" aria-label="Find text" title="Find text (/)" onClick={focusSearch}>
          <Kbd>/</Kbd>
        </button>
      </span>
    </div>
  )
}

function PlayButton() {
  const { player } = useReplay().deck
  const wantsPlay = usePlayerPart(player, (state) => state.wantsPlay)
  const label = wantsPlay ? 'Pause' : 'Play'
  return (
    <button type="button" className="rp-play" aria-label={label} title={`${label} (Space)`} onClick={() => player.toggle()}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {wantsPlay ? <path d="M2.5 1.5h3v11h-3zM8.5 1.5h3v11h-3z" /> : <path d="M3 1.2v11.6L12.4 7z" />}
      </svg>
    </button>
  )
}

/** Recorded, of the day, and played with pauses shortened: all at once, because they are not the same. */
function Clocks() {
  const { deck, opened, duration } = useReplay()
  const zone = useZone()
  const { time, target, skipIdle, idle, status } = usePlayerState(deck.player)
  const shown = target ?? time
  const whole = clockWords(playedTime(duration, opened.idle))
  const wall = wallClock(opened.recording, shown, { zone, finest: 's' })
  return (
    <div className="rp-clocks">
      <span title="Recorded time">
        {momentWords(shown, duration)} <span className="rp-faint">/ {momentWords(duration, duration)}</span>
      </span>
      {wall && (
        <span title={`${wall.date} ${wall.time} ${zone.label}`}>
          <span className="rp-faint">·</span> {wall.time} {zone.label}
        </span>
      )}
      {skipIdle && opened.idle.length > 0 && (
        <span className="rp-played" title={`With pauses shortened, at normal speed: ${whole} in all`}>
          <span className="rp-faint">·</span> {clockWords(playedTime(shown, opened.idle))} played
        </span>
      )}
      {idle && <span className="rp-faint">· skipping idle</span>}
      {status === 'waiting' && <span className="rp-waiting">waits for this part</span>}
    </div>
  )
}

function Speed() {
  const { player } = useReplay().deck
  const speed = usePlayerPart(player, (state) => state.speed)
  const items = SPEEDS.map((other) => ({ label: `${other}×`, checked: other === speed, onPick: () => player.setSpeed(other) }))
  const { opener, menu } = useButtonMenu({ label: 'Speed', items, side: 'above' })
  return (
    <>
      <Button className="rp-speed" aria-label={`Speed ${speed}×`} title="Speed (< and >)" {...opener}>
        {speed}×
      </Button>
      {menu}
    </>
  )
}
