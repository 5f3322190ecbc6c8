import { openWritable } from '../../../src/backend/store'
import { countWrites } from '../sync/die-in-write'
import { IMPORTED } from './a-recording'
import { someRecordings } from './some-recordings'

// A process of its own, to be killed: `child FOLDER [N]` keeps some recordings and tells each that is acknowledged, then how
// often it wrote. With N it kills itself inside its Nth write to disk, of which half reaches the file.

const [folder = '', moment = '0'] = process.argv.slice(2)
const counted = countWrites(Number(moment))
const store = await openWritable({ folder, now: () => 0 })
for (const { facts, files } of someRecordings()) {
  store.keepRecordings(IMPORTED, [facts], files)
  process.stdout.write(`${facts.id}\n`)
}
process.stdout.write(`${counted.writes}\n`)
store.close()
