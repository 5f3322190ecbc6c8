import { Random } from '../random'
import { aRecording, type Made } from './a-recording'

/** The same in every process: two files each, of which one is that of all others too. */
export function someRecordings(): Made[] {
  const random = new Random(4)
  return Array.from({ length: 4 }, (_, i) => aRecording({ data: random.bytes(60_000), timing: '0.1 60000\n' }, { title: `recording ${i}` }))
}
