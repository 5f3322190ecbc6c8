import { useCallback, useRef, useState } from 'react'
import type { Backend, ImportInput } from '../../contract'
import { useBackend } from '../api'
import { messageOf } from '../shared'
import type { Chosen } from './chosen'
import { discardUploads, uploadFiles, type UploadSource } from './upload'

/** What stands between choosing files and importing them. */
export type Intake =
  | { step: 'handing-over'; label: string; bytesDone: number; bytesTotal: number; replace: string | null }
  | { step: 'preview'; label: string; inputs: ImportInput[]; replace: string | null }
  | { step: 'failed'; label: string; title: string; message: string }

const MOST_INPUTS = 100_000
const TOO_MANY = 'More than 100,000 files were chosen. Import them in parts, or choose the folder that holds them.'
const NOT_TAKEN = 'The files could not be taken'
const NO_FILES = { title: 'Nothing to import', message: 'No file was in what was dropped. Drop files, or a folder that holds some.' }

/** Takes chosen files to where they can be previewed; in a browser that means handing them to the backend first. */
export function useIntake() {
  const backend = useBackend()
  const [intake, setIntake] = useState<Intake | null>(null)
  const abort = useRef<AbortController | null>(null)

  const offer = useCallback(
    async (chosen: Chosen[], replace: string | null = null) => {
      if (chosen.length === 0) return
      const label = labelOf(chosen)
      if (chosen.length > MOST_INPUTS) {
        return setIntake({ step: 'failed', label, title: NOT_TAKEN, message: TOO_MANY })
      }
      abort.current?.abort()
      const controller = new AbortController()
      abort.current = controller
      try {
        const inputs = await handOver(backend, chosen, {
          signal: controller.signal,
          onProgress: (bytesDone, bytesTotal) => {
            if (!controller.signal.aborted) setIntake({ step: 'handing-over', label, bytesDone, bytesTotal, replace })
          },
        })
        setIntake({ step: 'preview', label, inputs, replace })
      } catch (error) {
        if (!controller.signal.aborted) setIntake({ step: 'failed', label, title: NOT_TAKEN, message: fileMessageOf(error) })
      }
    },
    [backend],
  )
  /** `kept` are the inputs that an import has taken over; uploads among the others are given up. */
  const close = useCallback(
    (kept: ImportInput[] = []) => {
      abort.current?.abort()
      setIntake(null)
      if (intake?.step === 'preview') {
        const taken = new Set(uploadsOf(kept))
        void discardUploads(backend, uploadsOf(intake.inputs).filter((upload) => !taken.has(upload)))
      }
    },
    [backend, intake],
  )
  const drop = async (dropped: Promise<Chosen[]>) => {
    const refuse = (why: typeof NO_FILES) => {
      close()
      setIntake({ step: 'failed', label: 'what was dropped', ...why })
    }
    const chosen = await dropped.catch((error: unknown) => refuse({ title: NOT_TAKEN, message: fileMessageOf(error) }))
    if (chosen?.length === 0) refuse(NO_FILES)
    else if (chosen) await offer(chosen)
  }
  return { intake, offer, drop, close }
}

type HandOver = { signal: AbortSignal; onProgress: (bytesDone: number, bytesTotal: number) => void }

/** Inputs that the backend can read: uploads of files whose path the page does not know. */
export async function handOver(backend: Backend, chosen: Chosen[], { signal, onProgress }: HandOver): Promise<ImportInput[]> {
  const files = chosen.flatMap((one) => ('file' in one ? [sourceOf(one.file, one.name)] : []))
  const paths = chosen.flatMap((one) => ('path' in one ? [{ path: one.path }] : []))
  if (files.length === 0) return paths
  const total = files.reduce((sum, file) => sum + file.size, 0)
  onProgress(0, total)
  const uploads = await uploadFiles(backend, files, { signal, onProgress: (done) => onProgress(done, total) })
  return [...paths, ...uploads.map((upload) => ({ upload }))]
}

function uploadsOf(inputs: ImportInput[]): string[] {
  return inputs.flatMap((input) => ('upload' in input ? [input.upload] : []))
}

function sourceOf(file: File, name: string): UploadSource {
  return {
    name,
    size: file.size,
    mtime: file.lastModified,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  }
}

function labelOf(chosen: Chosen[]): string {
  const [first] = chosen
  if (chosen.length !== 1 || !first) return `${chosen.length.toLocaleString('en-US')} files`
  return 'path' in first ? (first.path.split(/[\\/]/).filter(Boolean).at(-1) ?? first.path) : first.name
}

function fileMessageOf(error: unknown): string {
  if (error instanceof DOMException) return 'A file could not be read. It may have been moved or changed meanwhile.'
  return messageOf(error)
}
