import { useState } from 'react'
import type { ImportedFile } from '../../domain'
import { Button, Shown, formatBytes, useZone } from '../shared'

const FIRST_SHOWN = 5
const STEP = 200

export function FileTable({ files }: { files: ImportedFile[] }) {
  const [most, setMost] = useState(FIRST_SHOWN)
  const { format, label } = useZone()
  if (files.length === 0) return null
  return (
    <div className="source-files">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col" className="source-number">
              Size
            </th>
            <th scope="col">SHA-256</th>
            <th scope="col">First and last event ({label})</th>
          </tr>
        </thead>
        <tbody>
          {files.slice(0, most).map((file) => (
            <tr key={`${file.path} ${file.sha256}`}>
              <td className="source-path" title={file.path}>
                <Shown text={file.path} />
              </td>
              <td className="source-number">{formatBytes(file.size)}</td>
              <td className="mono" title={file.sha256}>
                {file.sha256.slice(0, 12)}
              </td>
              <td className="mono">
                {file.first === null || file.last === null
                  ? 'no event'
                  : `${format(file.first)} → ${format(file.last)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {files.length > most && (
        <Button look="quiet" onClick={() => setMost(most + STEP)}>
          Show {Math.min(STEP, files.length - most)} more of {files.length.toLocaleString('en-US')} files
        </Button>
      )}
    </div>
  )
}
