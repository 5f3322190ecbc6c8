import { useState } from 'react'
import type { ImportPreview } from '../../contract'
import { Shown, formatBytes, useZone } from '../shared'
import { PreviewSample } from './PreviewSample'

type PreviewFile = ImportPreview['files'][number]

/** More would only slow the page down; what is not listed is imported all the same. */
const MOST_LISTED = 500

export function PreviewFiles({ files }: { files: PreviewFile[] }) {
  const firstReadable = Math.max(0, files.findIndex((file) => file.kind !== null))
  const [chosen, setChosen] = useState<number | null>(null)
  const at = chosen ?? firstReadable
  const file = files[at]
  const { label } = useZone()
  return (
    <>
      <div className="preview-files">
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Kind</th>
              <th scope="col" className="preview-number">
                Size
              </th>
              <th scope="col">First and last event seen ({label})</th>
            </tr>
          </thead>
          <tbody>
            {files.slice(0, MOST_LISTED).map((one, index) => (
              <FileRow key={index} file={one} isChosen={index === at} onChoose={() => setChosen(index)} />
            ))}
          </tbody>
        </table>
        {files.length > MOST_LISTED && (
          <p className="import-note">and {(files.length - MOST_LISTED).toLocaleString('en-US')} more files</p>
        )}
      </div>
      {file && file.kind !== null && <PreviewSample file={file} />}
    </>
  )
}

function FileRow({ file, isChosen, onChoose }: { file: PreviewFile; isChosen: boolean; onChoose: () => void }) {
  const { format } = useZone()
  const { first, last } = file
  const none = file.recording ? 'its time is not recorded' : 'no time seen'
  const times = first === null || last === null ? none : `${format(first)} → ${format(last)}`
  return (
    <tr aria-selected={isChosen} onClick={onChoose}>
      <th scope="row" className="preview-name">
        <button type="button" onClick={onChoose} title="Show its first events">
          <Shown text={file.name} />
        </button>
      </th>
      {file.kind === null ? (
        <>
          <td className="preview-out">left out</td>
          <td className="preview-number">{formatBytes(file.size)}</td>
          <td className="preview-problem">
            <Shown text={file.problem ?? 'No source reads this file.'} />
          </td>
        </>
      ) : (
        <>
          <td>
            {file.kind}
            {file.recording && <span className="import-note"> {file.recording.format}</span>}
            {file.compressed && <span className="import-note"> gzip</span>}
          </td>
          <td className="preview-number">{formatBytes(file.size)}</td>
          <td className="preview-times">
            {file.problem === undefined ? times : <Shown text={file.problem} className="preview-problem" />}
          </td>
        </>
      )}
    </tr>
  )
}
