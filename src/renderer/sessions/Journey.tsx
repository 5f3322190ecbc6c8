import type { SessionDetail } from '../../contract'
import { formatCount, formatPlural, Shown, useZone } from '../shared'
import { recordingWords, stateWord } from './session-words'

type Step = { title: string; words: string; tone?: 'good' | 'bad' | 'none' }

/** From the request to the end, one step after the other; what nothing tells of is said so. */
export function Journey({ detail }: { detail: SessionDetail }) {
  const { format } = useZone()
  return (
    <ol className="ss-journey" aria-label="How the session went">
      {stepsOf(detail, (at) => format(at).slice(11)).map(({ title, words, tone }) => (
        <li key={title} data-tone={tone}>
          <span>{title}</span>
          <Shown text={words} />
        </li>
      ))}
    </ol>
  )
}

function stepsOf({ session, nearby, grant }: SessionDetail, clock: (at: number) => string): Step[] {
  const { commands, failures, sudo, files, to, state } = session
  const none = (words: string): Pick<Step, 'words' | 'tone'> => ({ words, tone: 'none' })
  const recorded = recordingWords(session.recordings)
  const decided = [grant?.decision, grant?.approver && `by ${grant.approver}`].filter(Boolean).join(' ')
  return [
    { title: 'Request', ...(grant?.request ? { words: grant.request } : none('none recorded')) },
    { title: 'Approval', ...(decided ? { words: decided, tone: 'good' } : none('none recorded')) },
    { title: 'Scope', ...(grant?.scope ? { words: grant.scope } : none('none recorded')) },
    {
      title: 'Commands',
      ...(commands > 0 ? { words: formatPlural(commands, 'command') } : none(nearby > 0 ? `${formatCount(nearby)} by user and time` : 'none held')),
      ...(failures > 0 ? { words: `${formatPlural(commands, 'command')}, ${failures} failed`, tone: 'bad' } : {}),
    },
    { title: 'Sudo', ...(sudo > 0 ? { words: formatPlural(sudo, 'time') } : none('none held')) },
    { title: 'Files', ...(files > 0 ? { words: formatPlural(files, 'transfer') } : none('none held')) },
    { title: 'Recording', ...(recorded ? { words: recorded.text } : none('none held')) },
    { title: 'End', words: to === null ? stateWord({ ...session, state }) : `${stateWord(session)} ${clock(to)}` },
  ]
}
