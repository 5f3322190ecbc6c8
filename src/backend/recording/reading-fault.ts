import { BackendFault } from '../../contract'
import { RecordingFault } from './model'

/** What a page can be told of a recording that nothing could be read of; any other error is handed on. */
export function readingFault(error: unknown): unknown {
  if (!(error instanceof RecordingFault)) return error
  return new BackendFault({ code: 'recording-unreadable', message: error.message, detail: { place: error.place } })
}

export function closedFault(): BackendFault {
  return new BackendFault({ code: 'cancelled', message: 'The recording was closed.' })
}
