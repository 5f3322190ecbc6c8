import { useRef, useState, type ChangeEvent } from 'react'
import { FINDING_LEVELS, type RuleFileRow, type RuleFiles as Kept } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { Button, Dialog, EmptyState, ErrorState, formatPlural, messageOf, Shown, Spinner } from '../shared'
import { LEVELS } from './finding-words'
import './rule-files.css'

/** Files and characters of one message. */
const MOST = { files: 200, characters: 4 * 1024 * 1024 }

/** Opens what is kept of files of rules. */
export function RuleFiles() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" className="link" onClick={() => setIsOpen(true)}>
        Rule files …
      </button>
      {isOpen && <RuleFilesDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

function RuleFilesDialog({ onClose }: { onClose: () => void }) {
  const backend = useBackend()
  const { value: kept, fault } = useAnswer('rule.files', {})
  const [problem, setProblem] = useState<string | null>(null)
  const act = (done: Promise<unknown>) => {
    setProblem(null)
    done.catch((error: unknown) => setProblem(messageOf(error)))
  }
  const add = async (files: readonly File[]) => {
    for (const batch of batched(files)) {
      const texts = await Promise.all(batch.map(async (file) => ({ name: file.name, text: await file.text() })))
      await backend.call('rule.add', { files: texts })
    }
  }
  return (
    <Dialog title="Rule files" width={640} onClose={onClose} actions={<AddFiles onFiles={(files) => act(add(files))} />}>
      <p>
        Rules in Sigma 2.1, as .yml or .yaml: detections, correlations and filters. They are kept in this workspace and run beside the
        own rules. Author, references and licence stand with each finding of theirs.
      </p>
      {fault && !kept && <ErrorState title="The files could not be listed" message={fault.message} />}
      {kept && <Least kept={kept} onChoose={(level) => act(backend.call('rule.setLeast', { level }))} />}
      {kept && <FileList kept={kept} onRemove={(name) => act(backend.call('rule.remove', { name }))} />}
      {problem !== null && (
        <p className="dt-wrong" role="alert">
          <Shown text={`! ${problem}`} />
        </p>
      )}
    </Dialog>
  )
}

function AddFiles({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])]
    target.value = ''
    if (files.length > 0) onFiles(files)
  }
  return (
    <>
      <input ref={input} type="file" accept=".yml,.yaml" multiple hidden aria-label="Rule files" onChange={take} />
      <Button look="primary" onClick={() => input.current?.click()}>
        Add rule files …
      </Button>
    </>
  )
}

function Least({ kept, onChoose }: { kept: Kept; onChoose: (level: Kept['least']) => void }) {
  const choose = (word: string) => {
    const level = FINDING_LEVELS.find((one) => one === word)
    if (level) onChoose(level)
  }
  return (
    <label className="dt-line">
      <span>Added rules run from this level on</span>
      <select className="filter-input" value={kept.least} onChange={({ target }) => choose(target.value)}>
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {level}
          </option>
        ))}
      </select>
    </label>
  )
}

function FileList({ kept: { files, isReading }, onRemove }: { kept: Kept; onRemove: (name: string) => void }) {
  if (isReading) return <Spinner label="Reading the rules" />
  if (files.length === 0) return <EmptyState title="No rule files were added">The rules that run are those that come with Recount.</EmptyState>
  return (
    <ul className="dt-files" aria-label="Rule files">
      {files.map((file) => (
        <li key={file.name}>
          <div>
            <Shown className="list-mono" text={file.name} />
            <p className="list-dim">{wordsOf(file)}</p>
          </div>
          <Button aria-label={`Remove ${file.name}`} onClick={() => onRemove(file.name)}>
            Remove
          </Button>
        </li>
      ))}
    </ul>
  )
}

function wordsOf({ rules, inactive }: RuleFileRow): string {
  const read = formatPlural(rules, 'rule')
  return inactive === 0 ? read : `${read}; ${formatPlural(inactive, 'document')} not active, for reasons told in the list of rules`
}

/** So many files at a time that no message grows without bounds. */
function batched(files: readonly File[]): File[][] {
  const batches: File[][] = []
  let characters = 0
  for (const file of files) {
    const last = batches.at(-1)
    const isFull = !last || last.length >= MOST.files || characters + file.size > MOST.characters
    if (isFull) {
      batches.push([file])
      characters = file.size
    } else {
      last.push(file)
      characters += file.size
    }
  }
  return batches
}
