import { describe, expect, it } from 'vitest'
import { detect, READERS } from '../../../../src/backend/recording/formats'
import { RecordingFault, type RecordingFile } from '../../../../src/backend/recording/model'
import { fileOf, readRecording } from '../read-recording'

function refusal(...files: RecordingFile[]): string {
  try {
    detect(files)
  } catch (error) {
    if (error instanceof RecordingFault) return `${error.place}: ${error.message}`
    throw error
  }
  return 'accepted'
}

describe('what is no recording', () => {
  it.each([
    ['The file is empty.', ''],
    ['The file looks like a list of screens that an asciinema server made for its player', '[[0.0,{"lines":{"0":[]},"cursor":{}}]]'],
    ['The file looks like an asciicast of version 4, which is not known.', '{"version": 4}\n'],
    ['The file looks like an asciicast whose header line cannot be read.', '{"version": 2, "wid\n'],
    ['The file looks like JSON of another kind.', '{"name": "x"}'],
    ['The file looks like JSON of another kind.', '[]'],
    ['The file looks like a web page.', '<!DOCTYPE html><title>Sign in</title>'],
    ['The file looks like plain text.', 'Dear reader,\n\nnothing was recorded.\n'],
    ['The file looks like a zip archive.', Buffer.from('PK\x03\x04\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff', 'latin1')],
    ['The file looks like a picture.', Buffer.from('\x89PNG\r\n\x1a\n\xff\xff\xff\xff\xff\xff', 'latin1')],
    ['The file looks like a gzip file inside another.', Buffer.from('\x1f\x8b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff', 'latin1')],
    ['The file looks like binary data.', Buffer.from(Array.from({ length: 64 }, (_, i) => 255 - (i % 3)))],
  ])('%s', (what, content) => {
    const said = refusal(fileOf(content, 'x.bin'))
    expect(said).toContain(`x.bin: ${what}`)
    expect(said).toMatch(/Known are asciicast versions 1 to 3 .+\.$/)
  })

  it('are no files, or files that do not belong together', () => {
    expect(refusal()).toContain('files: There is no file to read.')
    const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => fileOf('notes\n', name))
    expect(refusal(...files)).toContain('7 files: These files are no recording together: a, b, c, d, e and 2 more.')
  })
})

describe('readers', () => {
  it('each open a recording as one format', () => {
    expect(new Set(READERS).size).toBe(9)
    expect(readRecording(fileOf('{"version": 2, "width": 80, "height": 24}')).head.format).toBe('asciicast-v2')
    expect(readRecording(fileOf('{"version": 3, "term": {"cols": 80, "rows": 24}}')).head.format).toBe('asciicast-v3')
    expect(readRecording(fileOf('{"version": 1, "stdout": []}')).head.format).toBe('asciicast-v1')
  })

  it('refuse what is not theirs, when asked to open it', () => {
    for (const reader of READERS) {
      for (const files of [[fileOf('notes\n')], [fileOf('{'), fileOf('[')]]) {
        expect(reader.accepts(files)).toBe(false)
        expect(() => reader.open(files, '')).toThrow(RecordingFault)
      }
    }
  })
})
