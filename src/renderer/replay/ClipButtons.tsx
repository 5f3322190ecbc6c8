import { useBackend } from '../api'
import { Button, IconButton, messageOf } from '../shared'
import { clipSpan, clipWords } from './clip-words'
import { clockWords } from './clock-words'
import { useReplay } from './replay-context'
import { useExport } from './use-export'

const NO_CLIP = { from: null, to: null }

/** Marks a stretch, first one end and then the other, and exports it. */
export function ClipButtons() {
  const { id, clip, setClip, deck, duration, say } = useReplay()
  const { save } = useExport()
  const backend = useBackend()
  const copySpan = async (cut: { from: number; to: number }) => {
    try {
      const { value } = await backend.call('recording.clip', { id, ...cut })
      await navigator.clipboard.writeText(value.text)
      say('Clip copied')
    } catch (error) {
      say(`The clip could not be copied: ${messageOf(error)}`)
    }
  }
  const span = clipSpan(clip)
  const here = () => {
    const { target, time } = deck.player.get()
    return Math.min(duration, target ?? time)
  }
  if (span) {
    return (
      <span className="rp-clip">
        <Button look="primary" onClick={() => save('cast', span)} title="Save the stretch as an asciicast">
          Export clip {clipWords(span, duration)}
        </Button>
        <Button onClick={() => void copySpan(span)} title="Copy what it is cut from, its hash, its times and the screen at its end">
          Copy
        </Button>
        <IconButton label="Forget the clip" onClick={() => setClip(NO_CLIP)}>
          ✕
        </IconButton>
      </span>
    )
  }
  if (clip.from === null && clip.to === null) {
    return (
      <Button
        title="Begin a clip at this moment: ( begins, ) ends it"
        onClick={() => setClip({ from: here(), to: null })}
      >
        Clip from here
      </Button>
    )
  }
  const set = clip.from ?? clip.to ?? 0
  return (
    <span className="rp-clip">
      <Button onClick={() => setClip({ from: set, to: here() })} title="End the clip at this moment">
        Clip {clockWords(set, duration)} to here
      </Button>
      <IconButton label="Forget the clip" onClick={() => setClip(NO_CLIP)}>
        ✕
      </IconButton>
    </span>
  )
}
